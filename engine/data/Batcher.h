#pragma once
// In which order the training rows are shown, and where one batch ends.

#include <cstdint>
#include <span>
#include <vector>

namespace perceptory::data {

// Immutable; any thread.
class Batcher {
public:
    // rows: the training part. Without shuffle every epoch shows them as given.
    Batcher(std::vector<std::uint32_t> rows, bool shuffle) : m_rows(std::move(rows)), m_shuffle(shuffle) {}

    // The rows of one epoch, a function of seed and epoch alone, so any epoch can be met again.
    std::vector<std::uint32_t> order(std::uint64_t seed, std::uint32_t epoch) const;
    // The same without allocating, once `into` has the capacity.
    void order(std::uint64_t seed, std::uint32_t epoch, std::vector<std::uint32_t>& into) const;

    std::size_t rows() const { return m_rows.size(); }

    // The last batch may be smaller than the others; it is never left out.
    static std::size_t batchCount(std::size_t rows, std::size_t batchSize) {
        return (rows + batchSize - 1) / batchSize;
    }
    static std::span<const std::uint32_t> batch(std::span<const std::uint32_t> order, std::size_t batchSize,
                                                std::size_t index);

private:
    std::vector<std::uint32_t> m_rows;
    bool m_shuffle;
};

}  // namespace perceptory::data
