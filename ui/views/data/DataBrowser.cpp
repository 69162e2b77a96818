#include "ui/views/data/DataBrowser.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/views/data/ClassPanel.h"
#include "ui/views/data/FilterRow.h"
#include "ui/views/data/SampleDetail.h"
#include "ui/views/data/SampleGrid.h"
#include "ui/views/data/SampleTable.h"
#include "ui/views/data/ScatterPanel.h"
#include "ui/views/data/StatisticsPanel.h"
#include "ui/views/playground/DataWait.h"
#include "ui/widgets/WindowSize.h"

namespace perceptory::views {

namespace {

constexpr QSize usualSize{1060, 660};
constexpr int detailWidth = 300;

bool isAboutData(const base::Problems& problems) {
    return std::ranges::any_of(problems, [](const base::Problem& problem) {
        return problem.severity == base::Severity::Error &&
               (problem.where.empty() || problem.where.starts_with("data"));
    });
}

}  // namespace

DataBrowser::DataBrowser(document::Document& document, QWidget* parent)
    : QWidget(parent, Qt::Window),
      m_document(document),
      m_list(new SampleList(this)),
      m_wait(new DataWait(document, this)),
      m_filters(new FilterRow(*m_list)),
      m_detail(new SampleDetail(document, *m_list)),
      m_stack(new QStackedWidget),
      m_sentence(new QLabel),
      m_tabs(new QTabWidget),
      m_samples(new QWidget),
      m_classes(new ClassPanel(*m_list)),
      m_statistics(new StatisticsPanel(*m_list)),
      m_scatter(new ScatterPanel(*m_list)),
      m_state(new QLabel) {
    setObjectName(QStringLiteral("dataBrowser"));
    setWindowTitle(tr("Data"));
    resize(widgets::onScreen(*this, usualSize));
    build();
    addUndoKeys();
    connect(m_list, &SampleList::datasetChanged, this, &DataBrowser::showView);
    connect(m_list, &SampleList::rowsChanged, this, &DataBrowser::showState);
    connect(m_wait, &DataWait::late, this, [this] { say(tr("The data are being read…")); });
    connect(&m_document, &document::Document::changed, this, [this](const document::Change& change) {
        if (!(change.parts & document::DataPart)) return;
        m_wait->dataChanged(change);
        m_isBehind = true;
        m_reason.clear();
        showState();
    });
    say(tr("There are no data yet."));
    showState();
}

DataBrowser::~DataBrowser() = default;

void DataBrowser::build() {
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_tabs->setAccessibleName(tr("Ways to look at the data"));
    m_tabs->setDocumentMode(true);
    auto* room = new QVBoxLayout(m_samples);
    room->setContentsMargins(0, 4, 0, 0);
    m_tabs->addTab(m_samples, tr("Samples"));
    m_tabs->addTab(m_classes, tr("Classes"));
    m_tabs->addTab(m_statistics, tr("Columns"));
    m_tabs->addTab(m_scatter, tr("Points"));
    auto* split = new QSplitter;
    split->addWidget(m_tabs);
    split->addWidget(m_detail);
    split->setStretchFactor(0, 1);
    split->setChildrenCollapsible(false);
    split->setSizes({usualSize.width() - detailWidth, detailWidth});
    split->setHandleWidth(10);
    auto* looking = new QWidget;
    auto* inside = new QVBoxLayout(looking);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(m_filters);
    inside->addWidget(split, 1);
    m_stack->addWidget(looking);
    m_stack->addWidget(m_sentence);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setTextFormat(Qt::PlainText);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_stack, 1);
    column->addWidget(m_state);
}

// The keys of the main window do not reach this one.
void DataBrowser::addUndoKeys() {
    auto* undo = new QShortcut(QKeySequence::Undo, this);
    auto* redo = new QShortcut(QKeySequence(tr("Ctrl+Shift+Z")), this);
    connect(undo, &QShortcut::activated, this, [this] { m_document.undoStack().undo(); });
    connect(redo, &QShortcut::activated, this, [this] { m_document.undoStack().redo(); });
}

void DataBrowser::showSnapshot(const training::Snapshot& snapshot) {
    if (!m_wait->lets(snapshot)) return;
    const bool behind = snapshot.revision < m_wait->dataRevision();
    if (snapshot.dataset != m_list->dataset() || behind != m_isBehind || !waitText().isEmpty()) {
        m_isBehind = behind;
        take(snapshot.dataset);
    }
}

// Hidden, it lets the data lie until it is looked at again.
void DataBrowser::take(SampleList::SharedDataset dataset) {
    m_waiting = std::move(dataset);
    if (!isVisible()) return;
    m_list->setDataset(std::exchange(m_waiting, nullptr));
    if (m_list->dataset())
        say({});
    else
        say(m_reason.isEmpty() ? tr("There are no data yet.") : m_reason);
    showState();
}

// A fault of the network alone is no news about the data.
void DataBrowser::showRefusal(const base::Problems& problems) {
    const bool waited = m_wait->giveUp();
    if (!waited && !isAboutData(problems)) return;
    m_reason = hindranceOf(problems);
    m_isBehind = false;
    if (waited || !m_list->dataset()) say(m_reason);
    showState();
}

void DataBrowser::say(const QString& sentence) {
    m_sentence->setText(sentence);
    m_stack->setCurrentIndex(sentence.isEmpty() ? 0 : 1);
    m_state->setVisible(sentence.isEmpty());
}

QString DataBrowser::waitText() const { return m_stack->currentIndex() == 1 ? m_sentence->text() : QString(); }
QString DataBrowser::stateText() const { return m_state->text(); }

// Pictures are looked at as pictures.
void DataBrowser::showView() {
    const auto& dataset = m_list->dataset();
    const bool numbers = dataset && dataset->task == data::Task::Regression;
    m_tabs->setTabText(m_tabs->indexOf(m_classes), numbers ? tr("Values to predict") : tr("Classes"));
    const bool images = dataset && hasImages(*dataset);
    if (images ? m_grid != nullptr : m_table != nullptr) return;
    delete std::exchange(m_grid, nullptr);
    delete std::exchange(m_table, nullptr);
    if (images) {
        m_grid = new SampleGrid(*m_list);
        connect(m_grid, &SampleGrid::leaveOutWanted, m_detail, &SampleDetail::leaveOut);
        m_samples->layout()->addWidget(m_grid);
        m_grid->setFocus();
    } else {
        m_table = new SampleTable(*m_list);
        connect(m_table, &SampleTable::leaveOutWanted, m_detail, &SampleDetail::leaveOut);
        m_samples->layout()->addWidget(m_table);
        m_table->setFocus();
    }
}

void DataBrowser::showState() {
    if (!m_list->dataset()) return m_state->clear();
    const QLocale locale;
    QString text = tr("%1 of %2 samples")
                       .arg(locale.toString(static_cast<qulonglong>(m_list->rows().size())),
                            locale.toString(static_cast<qulonglong>(m_list->dataset()->count)));
    if (m_list->rows().empty()) text += QStringLiteral(" · ") + tr("Change part, class or search to see others.");
    if (!m_reason.isEmpty()) text = m_reason;
    if (m_isBehind) text += QStringLiteral(" · ") + tr("The data are read again…");
    m_state->setText(text);
}

void DataBrowser::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_waiting) take(std::exchange(m_waiting, nullptr));
}

void DataBrowser::keyPressEvent(QKeyEvent* event) {
    QLineEdit* search = m_filters->searchField();
    if (event->key() == Qt::Key_Escape && search->hasFocus() && !search->text().isEmpty())
        search->clear();
    else if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

}  // namespace perceptory::views
