#include "ui/views/data/SampleList.h"

#include <algorithm>

#include "ui/document/Aside.h"

namespace perceptory::views {

namespace {

constexpr std::size_t mostAtOnce = 1'000'000;  // numbers looked at while the window waits

bool isAlike(const data::Dataset& one, const data::Dataset& other) {
    return one.rawNames == other.rawNames && one.classNames == other.classNames && one.targetName == other.targetName;
}

// Rows of one data set as rows of another, those that are gone left out.
class RowsAgain {
public:
    explicit RowsAgain(const data::Dataset& dataset) {
        for (std::uint32_t row = 0; row < dataset.count; ++row) m_rows.emplace_back(dataset.sourceRow(row), row);
        std::ranges::sort(m_rows);
    }

    std::optional<std::uint32_t> find(std::uint32_t sourceRow) const {
        const auto found = std::ranges::lower_bound(m_rows, std::pair{sourceRow, std::uint32_t{0}});
        if (found == m_rows.end() || found->first != sourceRow) return {};
        return found->second;
    }

private:
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_rows;  // of the source and of the data set
};

}  // namespace

SampleList::~SampleList() { stopSearching(); }

void SampleList::stopSearching() {
    if (m_stop) *m_stop = true;
    m_stop.reset();
    m_searching = false;
}

void SampleList::setDataset(SharedDataset dataset) {
    if (dataset == m_dataset) return;
    stopSearching();
    std::vector<std::uint32_t> chosen;
    std::optional<std::uint32_t> current;
    if (dataset && m_dataset && isAlike(*dataset, *m_dataset)) {
        const RowsAgain again(*dataset);
        for (const std::uint32_t row : m_chosen)
            if (const auto now = again.find(m_dataset->sourceRow(row))) chosen.push_back(*now);
        if (m_current) current = again.find(m_dataset->sourceRow(*m_current));
        noteGap();
    } else {
        m_filter = {};
        m_order = {};
    }
    m_dataset = std::move(dataset);
    m_parts = m_dataset ? partsOf(*m_dataset) : std::vector<SamplePart>{};
    m_rows.clear();
    m_places.assign(m_dataset ? m_dataset->count : 0, nowhere);
    m_chosen = std::move(chosen);
    m_current = current;
    m_isChosen.assign(m_places.size(), false);
    emit datasetChanged();
    find();
}

// Whoever leaves out rows goes on with what takes their place.
void SampleList::noteGap() {
    m_gap = m_rows.size();
    for (const std::uint32_t row : m_chosen) m_gap = std::min(m_gap, placeOf(row));
}

void SampleList::setFilter(const SampleFilter& filter) {
    if (filter == m_filter) return;
    m_filter = filter;
    find();
}

void SampleList::setOrder(const SampleOrder& order) {
    if (order == m_order) return;
    m_order = order;
    find();
}

void SampleList::setPrepared(bool prepared) {
    if (prepared == m_prepared) return;
    m_prepared = prepared;
    emit preparedChanged();
    if (m_order.by == SampleOrder::By::Column) setOrder({});
}

void SampleList::find() {
    stopSearching();
    if (!m_dataset) return take({});
    m_stop = std::make_shared<std::atomic<bool>>(false);
    if (costOfFinding(*m_dataset, m_filter, m_order) <= mostAtOnce)
        return take(findSamples(*m_dataset, m_parts, m_filter, m_order, *m_stop));
    m_searching = true;
    new document::Aside(
        this, [this, stop = m_stop, dataset = m_dataset, parts = m_parts, filter = m_filter, order = m_order] {
            FoundSamples found = findSamples(*dataset, parts, filter, order, *stop);
            return [this, stop, found = std::move(found)]() mutable {
                if (*stop) return;
                m_searching = false;
                take(std::move(found));
            };
        });
}

void SampleList::take(FoundSamples found) {
    m_rows = std::move(found.rows);
    m_fault = found.fault;
    std::ranges::fill(m_places, nowhere);
    for (std::size_t i = 0; i < m_rows.size(); ++i) m_places[m_rows[i]] = static_cast<std::uint32_t>(i);
    std::vector<std::uint32_t> chosen = m_chosen;
    std::erase_if(chosen, [&](std::uint32_t row) { return !isShown(row); });
    std::optional<std::uint32_t> current = m_current;
    if (!current || !isShown(*current)) {
        current.reset();
        if (!chosen.empty())
            current = chosen.front();
        else if (!m_rows.empty())
            current = m_rows[std::min(m_gap, m_rows.size() - 1)];
    }
    m_gap = 0;
    if (chosen.empty() && current) chosen = {*current};
    setChosen(std::move(chosen), current);
    emit rowsChanged();
    emit chosenChanged();
}

void SampleList::choose(std::vector<std::uint32_t> rows, std::uint32_t current) {
    if (!isShown(current)) return;
    std::erase_if(rows, [&](std::uint32_t row) { return !isShown(row); });
    if (rows.empty()) rows = {current};
    std::ranges::sort(rows);
    if (rows == m_chosen && m_current == current) return;
    setChosen(std::move(rows), current);
    emit chosenChanged();
}

void SampleList::setChosen(std::vector<std::uint32_t> rows, std::optional<std::uint32_t> current) {
    m_chosen = std::move(rows);
    m_current = current;
    m_isChosen.assign(m_places.size(), false);
    for (const std::uint32_t row : m_chosen) m_isChosen[row] = true;
}

}  // namespace perceptory::views
