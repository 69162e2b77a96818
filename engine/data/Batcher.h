#pragma once
// In which order the training rows are shown, how often, and where one batch ends.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace perceptory::data {

// What is done in an epoch about classes of unequal size.
enum class Balance {
    None,
    WeightedSampling,  // as many rows as there are, each drawn with a class first, all classes alike, then a row of it
    Oversample,        // rows of small classes several times, so that each class has as many as the largest
    Undersample        // of each class as many rows as the smallest has, others in every epoch
};
// The words in files: none, weighted_sampling, oversample, undersample.
const std::vector<std::string>& balanceWords();

// Immutable; any thread.
class Batcher {
public:
    // rows: the training part. Without shuffle every epoch shows them as given.
    Batcher(std::vector<std::uint32_t> rows, bool shuffle) : m_rows(std::move(rows)), m_shuffle(shuffle) {}
    // labels: of all rows of the data, a class each.
    Batcher(std::vector<std::uint32_t> rows, bool shuffle, Balance balance, std::span<const std::int32_t> labels);

    // The rows of one epoch, a function of seed and epoch alone, so any epoch can be met again.
    std::vector<std::uint32_t> order(std::uint64_t seed, std::uint32_t epoch) const;
    // The same without allocating, once `into` has the capacity.
    void order(std::uint64_t seed, std::uint32_t epoch, std::vector<std::uint32_t>& into) const;

    // Shown in one epoch.
    std::size_t rows() const;

    // The last batch may be smaller than the others; it is never left out.
    static std::size_t batchCount(std::size_t rows, std::size_t batchSize) {
        return (rows + batchSize - 1) / batchSize;
    }
    static std::span<const std::uint32_t> batch(std::span<const std::uint32_t> order, std::size_t batchSize,
                                                std::size_t index);

private:
    void draw(std::uint64_t seed, std::uint32_t epoch, std::vector<std::uint32_t>& into) const;
    std::size_t perClass() const;

    std::vector<std::uint32_t> m_rows;
    bool m_shuffle;
    Balance m_balance = Balance::None;
    std::vector<std::vector<std::uint32_t>> m_classes;  // the rows of each class that has any
};

}  // namespace perceptory::data
