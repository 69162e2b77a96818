#include "ui/window/RunsPanel.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>
#include <utility>

#include "ui/views/inside/RunWords.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/RoomyRows.h"
#include "ui/widgets/SaveFile.h"

namespace perceptory::window {

using project::Run;
using session::RunRecorder;
using session::SessionController;

namespace {

enum Column { Name, Note, Network, Seed, Epochs, TestLoss, Score, Duration, Began, Columns };
constexpr int idRole = Qt::UserRole, sortRole = Qt::UserRole + 1;
constexpr int noteWidth = 140, networkWidth = 220;

// Sorted by its number where it has one, not by what is read.
class Cell : public QTableWidgetItem {
public:
    using QTableWidgetItem::QTableWidgetItem;
    bool operator<(const QTableWidgetItem& other) const override {
        const QVariant mine = data(sortRole), theirs = other.data(sortRole);
        return mine.isValid() && theirs.isValid() ? mine.toDouble() < theirs.toDouble()
                                                  : QTableWidgetItem::operator<(other);
    }
};

QString timeWords(double seconds) {
    const auto whole = static_cast<qint64>(seconds);
    if (whole < 60) return RunsPanel::tr("%1 s").arg(QString::number(seconds, 'f', 1));
    if (whole < 3600) return RunsPanel::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return RunsPanel::tr("%1 h %2 min").arg(whole / 3600).arg(whole / 60 % 60);
}

// The first metric of the test part beside the loss, else of the training part.
std::pair<QString, double> scoreOf(const Run& run) {
    for (const std::string part : {"test_", "train_"})
        for (const auto& [name, value] : run.results.items())
            if (name.rfind(part, 0) == 0 && name != part + "loss" && value.is_number())
                return {views::metricText(name.substr(part.size())), value.get<double>()};
    return {};
}

// What the lines of the table cannot tell.
QString detailsOf(const Run& run) {
    QStringList lines{views::networkText(run.network), RunsPanel::tr("%1 steps").arg(run.steps)};
    for (const auto& [name, value] : run.results.items())
        if (value.is_number())
            lines << views::seriesText(name) + QStringLiteral(": ") + widgets::shortNumber(value.get<double>());
    if (run.firstStep > 0) lines << RunsPanel::tr("Went on with weights of step %1.").arg(run.firstStep);
    if (!run.beganWith.is_null()) lines << RunsPanel::tr("Its settings were changed on the way.");
    if (run.ending == "diverged") lines << RunsPanel::tr("It diverged.");
    return lines.join('\n');
}

}  // namespace

RunsPanel::RunsPanel(document::Document& document, SessionController& session, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_session(session),
      m_recorder(new RunRecorder(document, session, this)),
      m_chosen(new ChosenRuns(*m_recorder, session, this)),
      m_pages(new QStackedWidget),
      m_table(new QTableWidget(0, Columns)),
      m_empty(new QLabel(tr("No runs yet. Press Play: every run is kept here with its settings and curves."))),
      m_words(new QLabel) {
    for (QLabel* label : {m_empty, m_words}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    setFocusProxy(m_table);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(buildTable());
    m_restore = button(tr("Restore these settings"),
                       tr("Data, network and training as they were at the run's end; undo takes it back"),
                       &RunsPanel::restoreOne);
    m_repeat = button(tr("Repeat exactly"), tr("The settings and the seed it began with, from the first weights on"),
                      &RunsPanel::repeatOne);
    m_remove = button(tr("Delete"), tr("Delete the chosen runs from the book (Del)"), &RunsPanel::removeSelected);
    m_save = button(tr("Save as CSV…"), tr("The whole table as a file"), &RunsPanel::saveTable);
    auto* row = new QHBoxLayout;
    for (QPushButton* one : {m_restore, m_repeat, m_remove, m_save}) row->addWidget(one);
    row->addWidget(m_words, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 6, 10, 6);
    column->addWidget(m_pages, 1);
    column->addLayout(row);
    connect(m_recorder, &RunRecorder::changed, this, &RunsPanel::showRuns);
    connect(m_recorder, &RunRecorder::failed, m_words, &QLabel::setText);
    showRuns();
}

QWidget* RunsPanel::buildTable() {
    m_table->setAccessibleName(tr("Runs"));
    m_table->setHorizontalHeaderLabels({tr("Run"), tr("Note"), tr("Network"), tr("Seed"), tr("Epochs"), tr("Test loss"),
                                        tr("Score"), tr("Trained"), tr("Began")});
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    for (const auto& [column, width] : {std::pair{Note, noteWidth}, {Network, networkWidth}}) {
        m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Interactive);
        m_table->setColumnWidth(column, width);
    }
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->verticalHeader()->hide();
    m_table->setItemDelegate(new widgets::RoomyRows(m_table));
    m_table->setSelectionBehavior(QTableWidget::SelectRows);
    m_table->setSelectionMode(QTableWidget::ExtendedSelection);
    m_table->setEditTriggers(QTableWidget::DoubleClicked | QTableWidget::EditKeyPressed);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(Began, Qt::DescendingOrder);
    auto* remove = new QShortcut(QKeySequence::Delete, m_table, this, &RunsPanel::removeSelected);
    remove->setContext(Qt::WidgetShortcut);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &RunsPanel::showChoice);
    connect(m_table, &QTableWidget::cellChanged, this, &RunsPanel::takeCell);
    return m_table;
}

QPushButton* RunsPanel::button(const QString& text, const QString& help, void (RunsPanel::*pressed)()) {
    auto* made = new QPushButton(text);
    made->setToolTip(help);
    connect(made, &QPushButton::clicked, this, pressed);
    return made;
}

QString RunsPanel::told() const { return m_words->text(); }

std::vector<widgets::Gesture> RunsPanel::gestures() {
    return {{QStringLiteral("↑ ↓"), tr("Go to another run, with Shift choose all up to it")},
            {QStringLiteral("Space"), tr("Tick the run, or take the tick away")},
            {tr("F2, double click"), tr("Write the name or the note")},
            {QStringLiteral("Delete"), tr("Delete the chosen runs")}};
}

// What is being typed stays.
void RunsPanel::showRuns() {
    if (m_table->viewport()->findChild<QLineEdit*>()) return;
    const std::vector<std::string> before = selected();
    m_isFilling = true;
    const QSignalBlocker quiet(m_table);
    m_table->setSortingEnabled(false);
    m_table->setRowCount(static_cast<int>(m_recorder->runs().size()));
    int row = 0;
    for (const Run& run : m_recorder->runs()) fill(row++, run);
    m_table->setSortingEnabled(true);
    m_table->clearSelection();
    for (int i = 0; i < m_table->rowCount(); ++i)
        if (std::ranges::find(before, m_table->item(i, Name)->data(idRole).toString().toStdString()) != before.end())
            for (int column = 0; column < Columns; ++column) m_table->item(i, column)->setSelected(true);
    m_isFilling = false;
    m_pages->setCurrentIndex(m_recorder->runs().empty() ? 0 : 1);
    m_save->setEnabled(!m_recorder->runs().empty());
    showChoice();
}

void RunsPanel::fill(int row, const Run& run) {
    const auto set = [&](int column, const QString& text, const QVariant& sort = {}) {
        auto* cell = new Cell(text);
        cell->setData(sortRole, sort);
        cell->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        cell->setToolTip(detailsOf(run));
        m_table->setItem(row, column, cell);
        return cell;
    };
    const auto number = [&](int column, const base::Json& value, int digits) {
        const bool known = value.is_number();
        set(column, known ? widgets::shortNumber(value.get<double>(), digits) : QStringLiteral("–"),
            known ? value.get<double>() : std::numeric_limits<double>::infinity());
    };
    QTableWidgetItem* name = set(Name, QString::fromStdString(run.name));
    name->setData(idRole, QString::fromStdString(run.id));
    name->setFlags(name->flags() | Qt::ItemIsEditable | Qt::ItemIsUserCheckable);
    name->setCheckState(m_chosen->isChosen(run.id) ? Qt::Checked : Qt::Unchecked);
    QTableWidgetItem* note = set(Note, QString::fromStdString(run.note));
    note->setFlags(note->flags() | Qt::ItemIsEditable);
    set(Network, views::networkText(run.network));
    set(Seed, QString::number(run.seed), static_cast<double>(run.seed));
    number(Epochs, run.epochs, 5);
    number(TestLoss, run.results.value("test_loss", base::Json()), 4);
    const auto [metric, score] = scoreOf(run);
    set(Score, metric.isEmpty() ? QStringLiteral("–") : metric + QStringLiteral(" ") + widgets::shortNumber(score, 4),
        score);
    set(Duration, timeWords(run.seconds), run.seconds);
    const QDateTime began = QDateTime::fromString(QString::fromStdString(run.began), Qt::ISODate);
    set(Began, QLocale().toString(began.toLocalTime(), QLocale::ShortFormat),
        static_cast<double>(began.toMSecsSinceEpoch()) + row / 1000.0);
}

std::vector<std::string> RunsPanel::selected() const {
    std::vector<std::string> ids;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows(Name))
        ids.push_back(index.data(idRole).toString().toStdString());
    return ids;
}

const Run* RunsPanel::one() const {
    const std::vector<std::string> ids = selected();
    return ids.size() == 1 ? m_recorder->find(ids.front()) : nullptr;
}

void RunsPanel::showChoice() {
    const Run* run = one();
    m_restore->setEnabled(run);
    m_repeat->setEnabled(run);
    m_remove->setEnabled(!selected().empty());
    const int damaged = static_cast<int>(m_recorder->damaged().size());
    QString words = damaged > 0 ? tr("%n damaged run(s) left out.", nullptr, damaged) : QString();
    if (run && run->firstStep > 0)
        words = tr("It went on with trained weights, so from the first ones it takes another way.");
    else if (run && !run->repeats())
        words = tr("Its settings were changed on the way; it repeats exactly up to the first change.");
    else if (words.isEmpty() && !m_recorder->runs().empty())
        words = tr("Tick runs to lay their curves over each other: Inside ▸ Curves of runs.");
    m_words->setText(words);
}

void RunsPanel::takeCell(int row, int column) {
    if (m_isFilling || (column != Name && column != Note)) return;
    const std::string id = m_table->item(row, Name)->data(idRole).toString().toStdString();
    m_chosen->choose(id, m_table->item(row, Name)->checkState() == Qt::Checked);
    const Run* run = m_recorder->find(id);
    const QString name = m_table->item(row, Name)->text(), note = m_table->item(row, Note)->text();
    if (!run || (run->name == name.toStdString() && run->note == note.toStdString())) return;
    QMetaObject::invokeMethod(
        this, [this, id, name, note] { m_recorder->setWords(id, name, note); }, Qt::QueuedConnection);
}

void RunsPanel::take(const base::Json& settings, const QString& text) {
    const base::Json here = m_recorder->settingsFor(settings);
    m_document.edit(text, [&](base::Json& project) {
        for (const char* part : {"data", "network", "training"})
            if (here.contains(part)) project[part] = here[part];
    });
}

void RunsPanel::restore(const Run& run) {
    take(run.settings, tr("Settings of %1").arg(QString::fromStdString(run.name)));
}

void RunsPanel::repeat(const Run& run) {
    const base::Json settings = run.beganWith.is_null() ? run.settings : run.beganWith;
    take(settings, tr("Repeat %1").arg(QString::fromStdString(run.name)));
    m_session.reset();
    m_session.play();
}

void RunsPanel::restoreOne() {
    if (const Run* run = one()) restore(Run(*run));
}

void RunsPanel::repeatOne() {
    if (const Run* run = one()) repeat(Run(*run));
}

void RunsPanel::removeSelected() { m_recorder->remove(selected()); }

void RunsPanel::saveTable() {
    widgets::saveAs(this, {tr("Save the table of runs"), tr("runs"), {tr("Tables (*.csv)")}, {QStringLiteral("csv")}},
                    [this](const QString& path) {
                        const QByteArray text = QByteArray::fromStdString(project::runsAsCsv(m_recorder->runs()));
                        return widgets::replaceFile(path,
                                                    [&](QSaveFile& file) { return file.write(text) == text.size(); });
                    });
}

}  // namespace perceptory::window
