#pragma once
// How numbers are spread: their histogram, quantiles and moments.

#include <array>
#include <cstdint>
#include <vector>

#include "engine/base/Json.h"

namespace perceptory::training {

// Shares of the numbers that lie below Spread::quantiles.
inline constexpr std::array<double, 7> spreadShares{0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

struct Spread {
    std::int64_t count = 0, notFinite = 0;  // of numbers; all below is of the finite ones, 0 where there are none
    double mean = 0, deviation = 0;         // of the population
    double norm = 0;                        // √Σx²
    std::array<double, 7> quantiles{};      // linear between neighbours, as NumPy's
    double low = 0, high = 0;               // edges of the first and the last bin
    std::vector<std::int64_t> bins;         // all of one width; a number on an edge belongs to the right one

    base::Json toJson() const;  // without the bins
};

// As numpy.histogram and numpy.quantile: a single value lies in the middle of bins that span 1.
Spread spreadOf(std::vector<float> numbers, int bins);

}  // namespace perceptory::training
