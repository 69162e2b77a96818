#include "ui/window/ProblemList.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/EngineText.h"
#include "ui/widgets/RoomyRows.h"
#include "ui/window/RemedyButtons.h"

namespace perceptory::window {

namespace {

enum Column { Kind, Where, Sentence, Fix, Columns };

QString wordOf(base::Severity severity) {
    switch (severity) {
        case base::Severity::Error:
            return ProblemList::tr("Error");
        case base::Severity::Warning:
            return ProblemList::tr("Warning");
        case base::Severity::Hint:
            break;
    }
    return ProblemList::tr("Hint");
}

}  // namespace

ProblemList::ProblemList(PlaceName placeName, RemediesOf remediesOf, QWidget* parent)
    : QDialog(parent),
      m_placeName(std::move(placeName)),
      m_remediesOf(std::move(remediesOf)),
      m_head(new QLabel),
      m_table(new QTableWidget(0, Columns)),
      m_remedyHead(new QLabel(tr("Mend it with one click:"))),
      m_remedies(new RemedyButtons) {
    setWindowTitle(tr("Problems"));
    resize(760, 360);
    m_table->setAccessibleName(tr("Problems"));
    m_table->setHorizontalHeaderLabels({tr("Kind"), tr("Where"), tr("What is wrong"), tr("What to do")});
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    for (const int column : {Sentence, Fix})
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->verticalHeader()->hide();
    m_table->setWordWrap(true);
    m_table->setItemDelegate(new widgets::RoomyRows(m_table));
    m_table->setEditTriggers(QTableWidget::NoEditTriggers);
    m_table->setSelectionBehavior(QTableWidget::SelectRows);
    m_table->setSelectionMode(QTableWidget::SingleSelection);
    m_table->setTabKeyNavigation(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_go = buttons->addButton(tr("&Go there"), QDialogButtonBox::ActionRole);
    m_copy = buttons->addButton(tr("&Copy all"), QDialogButtonBox::ActionRole);
    for (QPushButton* button : buttons->findChildren<QPushButton*>()) button->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_head);
    column->addWidget(m_table, 1);
    column->addWidget(m_remedyHead);
    column->addWidget(m_remedies);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &ProblemList::choose);
    connect(m_copy, &QPushButton::clicked, this, &ProblemList::copyAll);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &ProblemList::showChoice);
    connect(m_table, &QTableWidget::activated, this, &ProblemList::choose);
    connect(m_remedies, &RemedyButtons::chosen, this, [this](const document::Remedy& remedy) {
        m_table->setFocus();
        emit remedyChosen(remedy);
    });
    m_table->setFocus();
}

void ProblemList::showProblems(const base::Problems& problems) {
    const int row = std::max(0, m_table->currentRow());
    const QSignalBlocker quiet(m_table);  // remedies are looked for once
    m_problems = problems;
    m_table->setRowCount(0);
    for (const base::Problem& problem : problems) addRow(problem);
    m_head->setText(problems.empty() ? tr("There are no problems.")
                                     : tr("Enter or a double click leads to the place of a problem."));
    m_copy->setEnabled(!problems.empty());
    if (!problems.empty()) m_table->selectRow(std::min(row, m_table->rowCount() - 1));
    showChoice();
}

void ProblemList::addRow(const base::Problem& problem) {
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    const QString texts[Columns] = {wordOf(problem.severity), m_placeName(problem.where),
                                    QString::fromStdString(problem.sentence), document::remedyText(problem)};
    for (int column = 0; column < Columns; ++column) {
        auto* item = new QTableWidgetItem(texts[column]);
        item->setTextAlignment(Qt::AlignLeft | Qt::AlignTop);
        m_table->setItem(row, column, item);
    }
}

void ProblemList::showChoice() {
    const int row = m_table->currentRow();
    m_go->setEnabled(row >= 0 && !m_table->item(row, Where)->text().isEmpty());
    const bool isProblem = row >= 0 && row < static_cast<int>(m_problems.size());
    m_remedies->showRemedies(isProblem ? m_remediesOf(m_problems[static_cast<std::size_t>(row)])
                                       : std::vector<document::Remedy>());
    m_remedyHead->setVisible(!m_remedies->buttons().empty());
}

void ProblemList::choose() {
    const int row = m_table->currentRow();
    if (!m_go->isEnabled() || row >= static_cast<int>(m_problems.size())) return;
    const std::string where = m_problems[static_cast<std::size_t>(row)].where;
    accept();
    emit placeChosen(where);
}

void ProblemList::copyAll() const {
    QStringList lines;
    for (const base::Problem& problem : m_problems) lines += document::problemText(problem);
    QGuiApplication::clipboard()->setText(lines.join('\n'));
}

}  // namespace perceptory::window
