#include "engine/data/Split.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

using namespace perceptory;
using namespace perceptory::data;

TEST_CASE("a row more moves hardly any other between the parts") {
    const SplitSpec half{.mode = "random", .train = 0.5, .validation = 0, .test = 0.5};
    std::vector<std::int32_t> labels;
    for (int row = 0; row < 200; ++row) labels.push_back(row % 3 == 0);
    base::Problems problems;
    for (int added = 0; added < 20; ++added) {
        const Parts before = splitRows(half, {labels.size(), labels}, 7, problems);
        labels.push_back(added % 2);
        const Parts after = splitRows(half, {labels.size(), labels}, 7, problems);
        std::vector<std::uint32_t> moved;
        std::ranges::set_difference(before.train, after.train, std::back_inserter(moved));
        std::ranges::set_difference(before.test, after.test, std::back_inserter(moved));
        CHECK(moved.size() <= 3);
    }
    CHECK(problems.empty());
}

TEST_CASE("folds share out every row once to test, and classes alike") {
    std::vector<std::int32_t> labels;
    for (int row = 0; row < 103; ++row) labels.push_back(row % 4 == 0);
    SplitSpec folds{.mode = "k_fold", .train = 0.8, .validation = 0.25, .test = 0.2};
    folds.folds = 5;
    std::vector<int> tested(labels.size());
    for (folds.fold = 0; folds.fold < 5; ++folds.fold) {
        base::Problems problems;
        const Parts parts = splitRows(folds, {labels.size(), labels}, 3, problems);
        CHECK(problems.empty());
        for (const std::uint32_t row : parts.test) ++tested[row];
        const auto ones = std::ranges::count_if(parts.test, [&](std::uint32_t row) { return labels[row] == 1; });
        CHECK(std::abs(ones - 5) <= 1);
        CHECK(parts.train.size() + parts.validation.size() + parts.test.size() == labels.size());
        CHECK(std::abs(std::ssize(parts.validation) - 20) <= 1);
        std::vector<std::uint32_t> both;
        std::ranges::set_intersection(parts.train, parts.test, std::back_inserter(both));
        CHECK(both.empty());
    }
    CHECK(std::ranges::all_of(tested, [](int times) { return times == 1; }));
}

TEST_CASE("folds share out a rare class whatever its share is") {
    for (const int folds : {2, 3, 5, 10})
        for (const int rare : {10, 20, 33}) {
            std::vector<std::int32_t> labels;
            for (int row = 0; row < 100; ++row) labels.push_back(row < rare);
            for (int fold = 0; fold < folds; ++fold) {
                SplitSpec split{.mode = "k_fold"};
                split.folds = folds;
                split.fold = fold;
                split.validation = 0.25;
                base::Problems problems;
                const Parts parts = splitRows(split, {labels.size(), labels}, 3, problems);
                const auto rares = [&](const std::vector<std::uint32_t>& rows) {
                    return static_cast<double>(
                        std::ranges::count_if(rows, [&](std::uint32_t row) { return labels[row] == 1; }));
                };
                CAPTURE(folds);
                CAPTURE(rare);
                CHECK(std::abs(rares(parts.test) - double(rare) / folds) < 1);
                CHECK(std::abs(static_cast<double>(parts.test.size()) - 100.0 / folds) < 1);
                CHECK(std::abs(rares(parts.validation) - rare * (1 - 1.0 / folds) / 4) < 2);
            }
        }
}

TEST_CASE("a group stays in one part, and the shares are met as well as whole groups allow") {
    std::vector<std::int32_t> groups;
    for (std::int32_t group = 0; group < 40; ++group)
        for (std::int32_t i = 0; i <= group % 7; ++i) groups.push_back(group);
    const SplitSpec split{.mode = "group", .train = 0.6, .validation = 0.2, .test = 0.2, .column = "patient"};
    base::Problems problems;
    const Parts parts = splitRows(split, {groups.size(), {}, groups}, 5, problems);
    CHECK(problems.empty());
    std::map<std::int32_t, std::set<int>> homes;
    for (const std::uint32_t row : parts.train) homes[groups[row]].insert(0);
    for (const std::uint32_t row : parts.validation) homes[groups[row]].insert(1);
    for (const std::uint32_t row : parts.test) homes[groups[row]].insert(2);
    for (const auto& [group, places] : homes) CHECK(places.size() == 1);
    CHECK(std::abs(std::ssize(parts.train) - 0.6 * double(groups.size())) <= 7);
    CHECK(std::abs(std::ssize(parts.test) - 0.2 * double(groups.size())) <= 7);
    CHECK(parts.train != splitRows(split, {groups.size(), {}, groups}, 6, problems).train);
}

TEST_CASE("what a split lacks is said at its place") {
    const auto refusal = [](SplitSpec split, bool hasFiles) {
        base::Problems problems;
        checkSplit(split, hasFiles ? SourceParts::Named : SourceParts::None, problems);
        return problems.empty() ? std::string{} : base::describe(problems.front());
    };
    CHECK(refusal({.mode = "k_fold", .folds = 1}, true).find("data.split.folds") != std::string::npos);
    CHECK(refusal({.mode = "k_fold", .folds = 5, .fold = 5}, true).find("from 0 to 4") != std::string::npos);
    CHECK(refusal({.mode = "group"}, true).find("data.split.column") != std::string::npos);
    CHECK(refusal({.mode = "group", .column = "id"}, false).find("no column") != std::string::npos);
    CHECK(refusal({.mode = "bunches"}, true).find("k_fold") != std::string::npos);
    CHECK(refusal({.mode = "k_fold", .validation = 0.1, .folds = 5, .fold = 4}, false).empty());
}
