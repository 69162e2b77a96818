#include "engine/data/Batcher.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <set>

using namespace perceptory;
using namespace perceptory::data;

namespace {
const std::vector<std::uint32_t> rows{2, 3, 5, 7, 11, 13, 17};
}

TEST_CASE("every epoch shows every training row once, in an order of its own") {
    const Batcher batcher(rows, true);
    auto first = batcher.order(42, 0);
    CHECK(first == batcher.order(42, 0));
    CHECK(first != batcher.order(42, 1));
    CHECK(first != batcher.order(43, 0));
    CHECK(first != rows);
    std::ranges::sort(first);
    CHECK(first == rows);
}

TEST_CASE("without shuffling the rows come as they stand in the file") {
    const Batcher batcher(rows, false);
    CHECK(batcher.order(42, 0) == rows);
    CHECK(batcher.order(1, 9) == rows);
}

TEST_CASE("the last batch may be smaller and is kept") {
    CHECK(Batcher::batchCount(7, 3) == 3);
    CHECK(Batcher::batchCount(6, 3) == 2);
    CHECK(Batcher::batch(rows, 3, 0).size() == 3);
    const auto last = Batcher::batch(rows, 3, 2);
    REQUIRE(last.size() == 1);
    CHECK(last[0] == 17);
    CHECK(Batcher::batch(rows, 30, 0).size() == 7);
}

TEST_CASE("Weighted sampling shows classes alike and as many rows as there are") {
    std::vector<std::uint32_t> rows(1000);
    std::vector<std::int32_t> labels(1000);
    for (std::uint32_t row = 0; row < 1000; ++row) {
        rows[row] = row;
        labels[row] = row < 50 ? 1 : 0;
    }
    const Batcher batcher(rows, true, data::Balance::WeightedSampling, labels);
    CHECK(batcher.rows() == 1000);
    const auto order = batcher.order(7, 3);
    CHECK(order.size() == 1000);
    CHECK(order == batcher.order(7, 3));
    CHECK(order != batcher.order(7, 4));
    const auto ones = std::ranges::count_if(order, [&](std::uint32_t row) { return labels[row] == 1; });
    CHECK(std::abs(ones - 500) < 80);  // five deviations of a binomial
}

TEST_CASE("Oversampling repeats every row of a small class, undersampling chooses from the large one anew") {
    const std::vector<std::uint32_t> rows{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    const std::vector<std::int32_t> labels{0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 5, 5};
    const auto shown = [&](data::Balance balance, std::uint32_t epoch) {
        const Batcher batcher(rows, false, balance, labels);
        const auto order = batcher.order(1, epoch);
        CHECK(order.size() == batcher.rows());
        std::vector<int> times(12);
        for (const std::uint32_t row : order) ++times[row];
        return times;
    };
    const auto over = shown(data::Balance::Oversample, 0);
    for (std::size_t row = 0; row < 7; ++row) CHECK(over[row] == 1);
    for (std::size_t row = 7; row < 10; ++row) CHECK((over[row] == 2 || over[row] == 3));
    CHECK(over[7] + over[8] + over[9] == 7);
    CHECK(over[10] + over[11] == 7);
    const auto under = shown(data::Balance::Undersample, 0);
    CHECK(std::accumulate(under.begin(), under.begin() + 7, 0) == 2);
    CHECK(std::accumulate(under.begin() + 7, under.begin() + 10, 0) == 2);
    CHECK(under[10] == 1);
    std::set<std::vector<int>> choices;
    for (std::uint32_t epoch = 0; epoch < 8; ++epoch) choices.insert(shown(data::Balance::Undersample, epoch));
    CHECK(choices.size() > 1);
}
