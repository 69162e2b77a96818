#include "ui/views/data/SampleTable.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <algorithm>

namespace perceptory::views {

namespace {

constexpr int narrowest = 48, widest = 180, measuredColumns = 64;
constexpr std::size_t mostColumns = 4096;

}  // namespace

SampleTableModel::SampleTableModel(SampleList& list, QObject* parent) : QAbstractTableModel(parent), m_list(list) {
    const auto renew = [this] {
        beginResetModel();
        const auto& dataset = m_list.dataset();
        m_columns = dataset ? std::min(mostColumns, columnNames(*dataset, m_list.isPrepared()).size()) : 0;
        endResetModel();
    };
    connect(&m_list, &SampleList::rowsChanged, this, renew);
    connect(&m_list, &SampleList::preparedChanged, this, renew);
    connect(&m_list, &SampleList::datasetChanged, this, renew);
    renew();
}

int SampleTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_list.rows().size());
}

int SampleTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_list.dataset() ? 0 : FirstValue + static_cast<int>(m_columns);
}

QString SampleTableModel::cell(std::uint32_t row, int column) const {
    const data::Dataset& dataset = *m_list.dataset();
    if (column == Part) return partName(m_list.part(row));
    if (column == Target) return targetText(dataset, row);
    const auto place = static_cast<std::size_t>(column - FirstValue);
    const auto values = valuesOf(dataset, row, m_list.isPrepared(), m_scratch);
    return place < values.size() ? valueText(dataset, place, m_list.isPrepared(), values[place]) : QString();
}

QVariant SampleTableModel::data(const QModelIndex& index, int role) const {
    const auto place = static_cast<std::size_t>(index.row());
    if (!index.isValid() || place >= m_list.rows().size()) return {};
    if (role == Qt::DisplayRole) return cell(m_list.rows()[place], index.column());
    if (role != Qt::TextAlignmentRole) return {};
    const bool number =
        index.column() >= FirstValue &&
        (m_list.isPrepared() || !wordsOf(*m_list.dataset(), static_cast<std::size_t>(index.column() - FirstValue)));
    return QVariant((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QVariant SampleTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole || !m_list.dataset()) return {};
    const data::Dataset& dataset = *m_list.dataset();
    if (orientation == Qt::Vertical) {
        const auto place = static_cast<std::size_t>(section);
        return place < m_list.rows().size()
                   ? QString::number(std::uint64_t{dataset.sourceRow(m_list.rows()[place])} + 1)
                   : QString();
    }
    if (section == Part) return tr("Part");
    if (section == Target) return targetTitle(dataset);
    const auto& names = columnNames(dataset, m_list.isPrepared());
    const auto place = static_cast<std::size_t>(section - FirstValue);
    return place < names.size() ? QString::fromStdString(names[place]) : QString();
}

SampleTable::SampleTable(SampleList& list, QWidget* parent)
    : QTableView(parent), m_list(list), m_model(new SampleTableModel(list, this)) {
    setModel(m_model);
    setAccessibleName(tr("Samples as a table"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setAlternatingRowColors(true);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(true);
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, &SampleTable::sortBy);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &SampleTable::takeChoice);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, &SampleTable::takeChoice);
    connect(&m_list, &SampleList::datasetChanged, this, &SampleTable::measureColumns);
    connect(&m_list, &SampleList::preparedChanged, this, &SampleTable::measureColumns);
    connect(&m_list, &SampleList::rowsChanged, this, &SampleTable::measureColumns);
    connect(&m_list, &SampleList::preparedChanged, this, &SampleTable::showChoice);
    connect(&m_list, &SampleList::chosenChanged, this, &SampleTable::showChoice);
    measureColumns();
    showChoice();
}

void SampleTable::measureColumns() {
    for (int i = 0; i < std::min(m_model->columnCount(), measuredColumns); ++i) {
        const int wanted = std::max(sizeHintForColumn(i), horizontalHeader()->sectionSizeHint(i)) + 8;
        setColumnWidth(i, std::clamp(wanted, narrowest, widest));
    }
    const SampleOrder& order = m_list.order();
    const bool sorted = order.by != SampleOrder::By::Source;
    horizontalHeader()->setSortIndicatorShown(sorted);
    if (!sorted) return;
    const int column = order.by == SampleOrder::By::Part ? SampleTableModel::Part
                       : order.by == SampleOrder::By::Target
                           ? SampleTableModel::Target
                           : SampleTableModel::FirstValue + static_cast<int>(order.column);
    horizontalHeader()->setSortIndicator(column, order.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void SampleTable::sortBy(int column) {
    SampleOrder order;
    order.by = column == SampleTableModel::Part     ? SampleOrder::By::Part
               : column == SampleTableModel::Target ? SampleOrder::By::Target
                                                    : SampleOrder::By::Column;
    if (order.by == SampleOrder::By::Column)
        order.column = static_cast<std::size_t>(column - SampleTableModel::FirstValue);
    order.prepared = m_list.isPrepared();
    SampleOrder descending = order;
    descending.descending = true;
    if (m_list.order() == order)
        order = descending;
    else if (m_list.order() == descending)
        order = {};
    m_list.setOrder(order);
}

// Runs of rows that stand together are one range, so that all of sixty thousand are one.
void SampleTable::showChoice() {
    const auto current = m_list.current();
    if (m_showing || !current || !m_list.isShown(*current) || m_model->columnCount() == 0) return;
    m_showing = true;
    std::vector<std::size_t> places;
    for (const std::uint32_t row : m_list.chosen()) places.push_back(m_list.placeOf(row));
    std::ranges::sort(places);
    QItemSelection selection;
    for (std::size_t i = 0; i < places.size();) {
        std::size_t end = i + 1;
        while (end < places.size() && places[end] == places[end - 1] + 1) ++end;
        selection.append(
            QItemSelectionRange(m_model->index(static_cast<int>(places[i]), 0),
                                m_model->index(static_cast<int>(places[end - 1]), m_model->columnCount() - 1)));
        i = end;
    }
    const int column = std::max(0, currentIndex().column());
    const QModelIndex index = m_model->index(static_cast<int>(m_list.placeOf(*current)), column);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    scrollTo(index);
    m_showing = false;
}

void SampleTable::takeChoice() {
    const QModelIndex now = currentIndex();
    if (m_showing || !now.isValid() || static_cast<std::size_t>(now.row()) >= m_list.rows().size()) return;
    m_showing = true;
    std::vector<std::uint32_t> rows;
    for (const QItemSelectionRange& range : selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(m_list.rows()[static_cast<std::size_t>(row)]);
    m_list.choose(std::move(rows), m_list.rows()[static_cast<std::size_t>(now.row())]);
    m_showing = false;
}

void SampleTable::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete) {
        emit leaveOutWanted();
        return;
    }
    QTableView::keyPressEvent(event);
}

}  // namespace perceptory::views
