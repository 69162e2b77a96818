#include "engine/data/Split.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>

using namespace perceptory;
using namespace perceptory::data;

TEST_CASE("a row more moves hardly any other between the parts") {
    const SplitSpec half{.mode = "random", .train = 0.5, .validation = 0, .test = 0.5};
    std::vector<std::int32_t> labels;
    for (int row = 0; row < 200; ++row) labels.push_back(row % 3 == 0);
    base::Problems problems;
    for (int added = 0; added < 20; ++added) {
        const Parts before = splitRows(half, labels.size(), labels, 7, problems);
        labels.push_back(added % 2);
        const Parts after = splitRows(half, labels.size(), labels, 7, problems);
        std::vector<std::uint32_t> moved;
        std::ranges::set_difference(before.train, after.train, std::back_inserter(moved));
        std::ranges::set_difference(before.test, after.test, std::back_inserter(moved));
        CHECK(moved.size() <= 3);
    }
    CHECK(problems.empty());
}
