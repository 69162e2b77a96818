#include "engine/training/probes/Spread.h"

#include <algorithm>
#include <cmath>

namespace perceptory::training {

namespace {

void findMoments(const std::vector<float>& numbers, Spread& spread) {
    double sum = 0, squares = 0, deviations = 0;
    for (const float x : numbers) {
        sum += double{x};
        squares += double{x} * double{x};
    }
    const double count = static_cast<double>(numbers.size());
    spread.mean = sum / count;
    spread.norm = std::sqrt(squares);
    for (const float x : numbers) deviations += (double{x} - spread.mean) * (double{x} - spread.mean);
    spread.deviation = std::sqrt(deviations / count);
}

// The numbers before `from` are the smallest already; puts the one of this rank in its place.
double ranked(std::vector<float>& numbers, std::size_t& from, std::size_t rank) {
    const auto at = [&](std::size_t i) { return numbers.begin() + static_cast<std::ptrdiff_t>(i); };
    if (rank >= from) std::nth_element(at(from), at(rank), numbers.end());
    from = std::max(from, rank + 1);
    return double{numbers[rank]};
}

void findQuantiles(std::vector<float>& numbers, Spread& spread) {
    std::size_t from = 0;
    for (std::size_t i = 0; i < spreadShares.size(); ++i) {
        const double place = spreadShares[i] * static_cast<double>(numbers.size() - 1);
        const auto below = static_cast<std::size_t>(place);
        const double low = ranked(numbers, from, below);
        const double high = below + 1 < numbers.size() ? ranked(numbers, from, below + 1) : low;
        spread.quantiles[i] = low + (place - static_cast<double>(below)) * (high - low);
    }
}

void fillBins(const std::vector<float>& numbers, Spread& spread) {
    spread.low = spread.quantiles.front();
    spread.high = spread.quantiles.back();
    if (spread.low == spread.high) {
        spread.low -= 0.5;
        spread.high += 0.5;
    }
    const double perWidth = static_cast<double>(spread.bins.size()) / (spread.high - spread.low);
    for (const float x : numbers) {
        const auto bin = static_cast<std::size_t>(std::max(0.0, (double{x} - spread.low) * perWidth));
        ++spread.bins[std::min(bin, spread.bins.size() - 1)];
    }
}

}  // namespace

Spread spreadOf(std::vector<float> numbers, int bins) {
    Spread spread{.count = std::ssize(numbers), .bins = std::vector<std::int64_t>(static_cast<std::size_t>(bins))};
    std::erase_if(numbers, [](float x) { return !std::isfinite(x); });
    spread.notFinite = spread.count - std::ssize(numbers);
    if (numbers.empty()) return spread;
    findMoments(numbers, spread);
    findQuantiles(numbers, spread);
    fillBins(numbers, spread);
    return spread;
}

base::Json Spread::toJson() const {
    return {{"count", count}, {"not_finite", notFinite}, {"mean", mean}, {"deviation", deviation},
            {"norm", norm},   {"quantiles", quantiles},  {"low", low},   {"high", high}};
}

}  // namespace perceptory::training
