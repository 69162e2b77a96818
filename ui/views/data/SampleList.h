#pragma once
// The samples a data browser shows: which rows, in which order, which of them are chosen, and whether they are looked
// at as they were read or as the network sees them. One for all views of a browser, so that they agree. GUI thread;
// what takes long is looked for on a thread of its own.

#include <QObject>
#include <atomic>
#include <memory>
#include <optional>

#include "ui/views/data/SampleSearch.h"

namespace perceptory::views {

class SampleList : public QObject {
    Q_OBJECT

public:
    using SharedDataset = std::shared_ptr<const data::Dataset>;

    explicit SampleList(QObject* parent = nullptr) : QObject(parent) {}
    ~SampleList() override;

    // Another one of the same columns and classes keeps filter and choice, the rows known by their place in the source.
    void setDataset(SharedDataset dataset);
    const SharedDataset& dataset() const { return m_dataset; }
    SamplePart part(std::uint32_t row) const { return m_parts[row]; }
    const std::vector<SamplePart>& parts() const { return m_parts; }

    void setFilter(const SampleFilter& filter);
    const SampleFilter& filter() const { return m_filter; }
    void setOrder(const SampleOrder& order);
    const SampleOrder& order() const { return m_order; }
    void setPrepared(bool prepared);
    bool isPrepared() const { return m_prepared; }

    const std::vector<std::uint32_t>& rows() const { return m_rows; }
    bool isShown(std::uint32_t row) const { return row < m_places.size() && m_places[row] != nowhere; }
    // Where among rows() it stands; it must be shown.
    std::size_t placeOf(std::uint32_t row) const { return m_places[row]; }
    const QString& fault() const { return m_fault; }
    bool isSearching() const { return m_searching; }

    // Rows that are shown; there is a current one as long as anything is shown.
    std::optional<std::uint32_t> current() const { return m_current; }
    const std::vector<std::uint32_t>& chosen() const { return m_chosen; }  // ascending
    bool isChosen(std::uint32_t row) const { return row < m_isChosen.size() && m_isChosen[row]; }
    void choose(std::vector<std::uint32_t> rows, std::uint32_t current);
    void chooseOne(std::uint32_t row) { choose({row}, row); }

signals:
    void datasetChanged();
    void rowsChanged();
    void chosenChanged();
    void preparedChanged();

private:
    static constexpr std::uint32_t nowhere = ~0u;

    void find();
    void take(FoundSamples found);
    void setChosen(std::vector<std::uint32_t> rows, std::optional<std::uint32_t> current);
    void stopSearching();
    void noteGap();

    SharedDataset m_dataset;
    std::vector<SamplePart> m_parts;
    SampleFilter m_filter;
    SampleOrder m_order;
    bool m_prepared = false, m_searching = false;
    QString m_fault;
    std::vector<std::uint32_t> m_rows, m_places;
    std::optional<std::uint32_t> m_current;
    std::vector<std::uint32_t> m_chosen;
    std::vector<bool> m_isChosen;
    std::size_t m_gap = 0;  // where the chosen rows stood before another data set came
    std::shared_ptr<std::atomic<bool>> m_stop;
};

}  // namespace perceptory::views
