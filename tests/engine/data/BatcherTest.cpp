#include "engine/data/Batcher.h"

#include <doctest/doctest.h>

#include <algorithm>

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
