#include "ui/views/data/PreparationView.h"

#include <QHBoxLayout>
#include <QTabWidget>

#include "engine/data/augmentation/AugmentationCheck.h"
#include "ui/views/data/AugmentationPreview.h"
#include "ui/views/data/Faults.h"
#include "ui/views/data/PreparedPreview.h"
#include "ui/views/data/SplitPanel.h"
#include "ui/views/data/StepEditor.h"

namespace perceptory::views {

using base::Json;
using document::StepList;

namespace {

constexpr int editorWidth = 400;

// What decides which samples there are.
Json sourceOf(const Json& project) {
    Json source = Json::object();
    const Json data = project.value("data", Json::object());
    for (const char* key : {"source", "id", "parameters", "path", "paths", "reader", "inputs"})
        if (data.is_object() && data.contains(key)) source[key] = data[key];
    return source;
}

}  // namespace

PreparationView::PreparationView(document::Document& document, FormMaker maker, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_source(sourceOf(document.json())),
      m_pages(new QTabWidget),
      m_preprocessing(new StepEditor(document, StepList::Preprocessing, maker)),
      m_augmentation(new StepEditor(document, StepList::Augmentation, std::move(maker))),
      m_prepared(new PreparedPreview),
      m_augmented(new AugmentationPreview),
      m_split(new SplitPanel(document)) {
    m_pages->addTab(page(m_preprocessing, m_prepared), tr("&Prepare"));
    m_pages->addTab(page(m_augmentation, m_augmented), tr("Au&gment"));
    m_pages->addTab(m_split, tr("Parts and ba&lance"));
    m_pages->setDocumentMode(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
    connect(m_augmentation, &StepEditor::stepsChanged, this, [this] {
        m_augmented->showSteps(m_augmentation->steps());
        showProblems();
    });
    connect(&m_document, &document::Document::changed, this, &PreparationView::documentChanged);
    m_augmented->showSteps(m_augmentation->steps());
    showProblems();
}

QWidget* PreparationView::page(StepEditor* editor, QWidget* preview) const {
    auto* result = new QWidget;
    auto* row = new QHBoxLayout(result);
    row->setSpacing(16);
    editor->setFixedWidth(editorWidth);
    row->addWidget(editor);
    row->addWidget(preview, 1);
    return result;
}

void PreparationView::documentChanged(const document::Change& change) {
    if (!change.opened && !(change.parts & document::DataPart)) return;
    const Json source = sourceOf(m_document.json());
    if (change.opened || source != m_source) {
        m_source = source;
        m_revision = change.revision;
        if (change.opened) m_latestSource = nullptr;
        showDataset(m_source == m_latestSource ? m_latest : nullptr);
    }
    showProblems();
}

void PreparationView::showSnapshot(const std::shared_ptr<const training::Snapshot>& snapshot) {
    if (snapshot->revision < m_revision || !snapshot->dataset || snapshot->dataset == m_latest) return;
    m_latest = snapshot->dataset;
    m_latestSource = m_source;
    showDataset(m_latest);
    showProblems();
}

void PreparationView::showRefusal(const base::Problems& problems) {
    m_refusal = problems;
    showProblems();
}

void PreparationView::showDataset(std::shared_ptr<const data::Dataset> dataset) {
    m_dataset = std::move(dataset);
    m_prepared->showDataset(m_dataset);
    m_augmented->showDataset(m_dataset);
    m_split->showDataset(m_dataset.get());
}

// Known before the training says so, while a slider is dragged too.
base::Problems PreparationView::unsuitable() const {
    base::Problems problems;
    if (!m_dataset) return problems;
    data::checkSubject(m_augmentation->steps(),
                       {m_dataset->pipeline.featureFields().front(), m_dataset->pipeline.tokens().has_value(),
                        m_dataset->task, m_dataset->targetShape},
                       "data.augmentation", problems);
    return problems;
}

void PreparationView::showProblems() {
    base::Problems all = m_document.problems();
    const base::Problems own = unsuitable();
    all.insert(all.end(), own.begin(), own.end());
    m_preprocessing->showProblems(problemsAt("data.preprocessing", all, m_refusal));
    m_augmentation->showProblems(problemsAt("data.augmentation", all, m_refusal));
    base::Problems split = problemsAt("data.split", all, m_refusal);
    m_split->showProblems(problemsAt("data", split, problemsAt("data.balance", all, m_refusal)));
}

}  // namespace perceptory::views
