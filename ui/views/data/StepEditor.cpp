#include "ui/views/data/StepEditor.h"

#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/EngineText.h"
#include "ui/views/data/Faults.h"
#include "ui/widgets/RoomyRows.h"

namespace perceptory::views {

using base::Json;
using document::StepList;

namespace {

constexpr int rowsShown = 6, rowPadding = 10;

const base::KindType* memberOf(StepList list, const std::string& id) {
    const std::vector<const base::KindType*> members = document::membersOf(list);
    const auto found = std::ranges::find(members, id, &base::KindType::id);
    return found == members.end() ? nullptr : *found;
}

QString richText(const std::string& help) {
    return QStringLiteral("<qt>%1</qt>").arg(document::shelfText(help).toHtmlEscaped());
}

}  // namespace

StepEditor::StepEditor(document::Document& document, StepList list, FormMaker maker, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_kind(list),
      m_maker(std::move(maker)),
      m_list(new QListWidget),
      m_faults(faultLabel()),
      m_help(new QLabel),
      m_form(new QScrollArea) {
    m_list->setAccessibleName(list == StepList::Preprocessing ? tr("Steps of the preprocessing")
                                                              : tr("Steps of the augmentation"));
    m_list->setFixedHeight(rowsShown * (m_list->fontMetrics().height() + rowPadding));
    m_list->setItemDelegate(new widgets::RoomyRows(m_list));
    m_help->setWordWrap(true);
    m_help->setTextFormat(Qt::PlainText);
    m_help->setForegroundRole(QPalette::PlaceholderText);
    m_form->setFrameShape(QFrame::NoFrame);
    m_form->setWidgetResizable(true);
    m_form->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(buildButtons());
    column->addWidget(m_list);
    column->addWidget(m_faults);
    column->addWidget(m_help);
    column->addWidget(m_form, 1);
    buildKeys();
    connect(m_list, &QListWidget::currentRowChanged, this, &StepEditor::showStep);
    connect(&m_document, &document::Document::changed, this, [this](const document::Change& change) {
        if (change.parts & document::DataPart) showDocument();
    });
    showDocument();
}

QLayout* StepEditor::buildButtons() {
    auto* row = new QHBoxLayout;
    const auto button = [&](const QString& text, const QString& help) {
        auto* result = new QPushButton(text);
        result->setAutoDefault(false);
        result->setToolTip(help);
        row->addWidget(result);
        return result;
    };
    QPushButton* add = button(tr("&Add"), tr("A step behind the others"));
    m_remove = button(tr("&Remove"), tr("Take the chosen step out (Delete)"));
    m_up = button(tr("&Up"), tr("Take the chosen step earlier (Alt and ↑)"));
    m_down = button(tr("&Down"), tr("Take the chosen step later (Alt and ↓)"));
    row->addStretch();
    fillMenu(*add);
    connect(m_remove, &QPushButton::clicked, this, &StepEditor::removeChosen);
    connect(m_up, &QPushButton::clicked, this, [this] { moveChosen(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { moveChosen(1); });
    return row;
}

void StepEditor::fillMenu(QPushButton& add) {
    auto* menu = new QMenu(&add);
    menu->setToolTipsVisible(true);
    for (const base::KindType* type : document::membersOf(m_kind)) {
        QAction* action = menu->addAction(document::shelfText(type->label));
        action->setObjectName(QString::fromStdString(type->id));
        action->setToolTip(richText(type->help));
        connect(action, &QAction::triggered, this, [this, id = type->id] { this->add(id); });
    }
    add.setMenu(menu);
}

void StepEditor::buildKeys() {
    const auto key = [this](const QKeySequence& keys, auto then) {
        auto* shortcut = new QShortcut(keys, m_list);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, then);
    };
    key(Qt::Key_Delete, [this] { removeChosen(); });
    key(Qt::ALT | Qt::Key_Up, [this] { moveChosen(-1); });
    key(Qt::ALT | Qt::Key_Down, [this] { moveChosen(1); });
}

void StepEditor::add(const std::string& id) {
    document::addStep(m_document, m_kind, id);
    m_list->setCurrentRow(m_list->count() - 1);
    m_list->setFocus();
}

void StepEditor::removeChosen() {
    if (const int row = m_list->currentRow(); row >= 0)
        document::removeStep(m_document, m_kind, static_cast<std::size_t>(row));
}

void StepEditor::moveChosen(int by) {
    const int from = m_list->currentRow(), to = from + by;
    if (from < 0 || to < 0 || to >= m_list->count()) return;
    document::moveStep(m_document, m_kind, static_cast<std::size_t>(from), static_cast<std::size_t>(to));
    m_list->setCurrentRow(to);
}

void StepEditor::showDocument() {
    std::vector<std::string> types;
    for (const base::KindSpec& spec : document::stepsOf(m_document, m_kind)) types.push_back(spec.type);
    if (types != m_types) showList(types);
    const auto row = static_cast<std::size_t>(std::max(0, m_list->currentRow()));
    if (m_showValues && row < m_types.size()) m_showValues(document::stepsOf(m_document, m_kind)[row].parameters);
    emit stepsChanged();
}

void StepEditor::showList(const std::vector<std::string>& types) {
    const int chosen = std::max(0, m_list->currentRow());
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (std::size_t i = 0; i < types.size(); ++i) {
            const base::KindType* type = memberOf(m_kind, types[i]);
            const QString label = type ? document::shelfText(type->label) : QString::fromStdString(types[i]);
            auto* item = new QListWidgetItem(QStringLiteral("%1. %2").arg(i + 1).arg(label), m_list);
            if (type) item->setToolTip(richText(type->help));
        }
        m_types = types;
        m_list->setCurrentRow(std::min(chosen, m_list->count() - 1));
    }
    m_shownStep = -1;
    showStep();
}

void StepEditor::showStep() {
    const int row = m_list->currentRow();
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->count());
    if (row >= 0 && row == m_shownStep) return;
    m_shownStep = row;
    m_draft.reset();
    m_showValues = {};
    if (QWidget* before = m_form->takeWidget()) before->deleteLater();
    const base::KindType* type = row >= 0 ? memberOf(m_kind, m_types[static_cast<std::size_t>(row)]) : nullptr;
    const QString nothing = m_kind == StepList::Preprocessing
                                ? tr("Without a step the network sees the values as they were read. Add one to begin.")
                                : tr("Without a step the network meets each image as it was read. Add one to begin.");
    m_help->setText(type ? document::shelfText(type->help) : m_types.empty() ? nothing : QString());
    if (type) makeForm(*type, static_cast<std::size_t>(row));
}

void StepEditor::makeForm(const base::KindType& type, std::size_t index) {
    const StepForm form =
        m_maker(type, document::stepsOf(m_document, m_kind)[index].parameters,
                [this, index](const std::string& id, const Json& value, bool final) { take(index, id, value, final); });
    m_form->setWidget(form.widget);
    m_showValues = form.showValues;
}

// Each change of the document reads the data anew, so a drag reaches it at its end.
void StepEditor::take(std::size_t index, const std::string& id, const Json& value, bool final) {
    m_draft.reset();
    if (final)
        document::setStepParameter(m_document, m_kind, index, id, value);
    else
        m_draft = Draft{index, id, value};
    emit stepsChanged();
}

std::vector<base::KindSpec> StepEditor::steps() const {
    std::vector<base::KindSpec> steps = document::stepsOf(m_document, m_kind);
    if (m_draft && m_draft->index < steps.size()) steps[m_draft->index].parameters[m_draft->id] = m_draft->value;
    return steps;
}

void StepEditor::showProblems(const base::Problems& problems) { showFaults(*m_faults, problems); }

QString StepEditor::faults() const { return m_faults->text(); }

}  // namespace perceptory::views
