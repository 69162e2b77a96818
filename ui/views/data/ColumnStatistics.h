#pragma once
// What can be said about a column in one line. Any thread.

#include <atomic>
#include <span>
#include <string>
#include <vector>

#include "engine/data/Dataset.h"

namespace perceptory::views {

inline constexpr std::size_t histogramBins = 24;

struct ColumnStatistics {
    std::string name;
    bool hasWords = false;
    std::size_t missing = 0;                                   // no value, or a word the training part does not have
    std::size_t distinct = 0;                                  // words that occur; of columns of words
    double minimum = 0, maximum = 0, mean = 0, deviation = 0;  // of numbers
    std::vector<std::size_t> histogram;                        // from minimum to maximum, or of the first words
};

// Of these rows, as they were read or as the network sees them; reads each twice. Gives up early, with nothing, once
// `stop` is set.
std::vector<ColumnStatistics> columnStatistics(const data::Dataset& dataset, bool prepared,
                                               std::span<const std::uint32_t> rows, const std::atomic<bool>& stop);

}  // namespace perceptory::views
