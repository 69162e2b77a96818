#include "ui/window/TrainingPanel.h"

#include <QLabel>
#include <QVBoxLayout>

#include "engine/training/TrainingParams.h"
#include "ui/document/commands/TrainingValues.h"
#include "ui/forms/ParamForm.h"
#include "ui/views/Places.h"

namespace perceptory::window {

namespace {

constexpr int levels = 2;  // a schedule may name another one that follows

QLabel* mutedWords() {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

// As the file has it.
QString addressOf(const QString& id) {
    if (id == QLatin1String("per")) return QStringLiteral("training.schedule.per");
    if (id == QLatin1String("clip_by")) return QStringLiteral("training.clip.type");
    if (id == QLatin1String("limit")) return QStringLiteral("training.clip.limit");
    return QStringLiteral("training.") + id;
}

}  // namespace

TrainingPanel::TrainingPanel(document::Document& document, QWidget* parent)
    : FormArea(parent), m_document(document), m_drag(document), m_left(mutedWords()), m_legend(mutedWords()) {
    m_left->setText(
        tr("What else the project says is set in its file: several losses, listed class weights, more than "
           "one rule to stop by."));
    m_legend->setText(forms::changesLegend(training::trainingParams()));
    column()->addWidget(m_left);
    column()->addWidget(m_legend);
    column()->addStretch();
    connect(&document, &document::Document::changed, this, [this](const document::Change& change) {
        if (change.opened || change.parts & document::TrainingPart) showTraining();
    });
    showTraining();
}

// The form stays while it can: the keyboard may be in one of its fields.
void TrainingPanel::showTraining() {
    const std::vector<base::ParamType> params = document::trainingParamsOf(m_document);
    std::vector<std::string> ids;
    for (const base::ParamType& param : params) ids.push_back(param.id);
    m_left->setVisible(ids.size() < training::trainingParams().size());
    if (!m_form || ids != m_shown) makeForm(params);
    m_shown = std::move(ids);
    m_form->setSketch({.time = m_document.spec().training.epochs});
    m_form->setValues(document::trainingValues(m_document));
}

void TrainingPanel::makeForm(const std::vector<base::ParamType>& params) {
    // A field that still has something to tell tells it when it is hidden.
    if (m_form) {
        m_form->hide();
        m_form->deleteLater();
    }
    m_form = new forms::ParamForm(params, base::Json::object(), {.levels = levels, .tellsChanges = true});
    for (forms::ParamField* field : m_form->findChildren<forms::ParamField*>())
        views::setAddresses(field, {addressOf(field->objectName())});
    column()->insertWidget(0, m_form);
    connect(m_form, &forms::ParamForm::changed, this, [this](const QString& id, const base::Json& value, bool final) {
        m_drag.edit(final, [&] { document::setTrainingValue(m_document, id.toStdString(), value); });
    });
}

}  // namespace perceptory::window
