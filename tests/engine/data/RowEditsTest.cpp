// Edits by hand beside the split: a row that is left out or gets another class moves no other row between the parts.

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "engine/data/DatasetLoader.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using namespace perceptory::data;
using base::Json;

namespace {

using Places = std::map<std::uint32_t, char>;  // row of the source -> t, v or T

constexpr int rows = 120;

// Classes of unequal size, groups of four rows, and a missing value here and there.
std::string table(bool classes) {
    std::string text = "patient,x,kind\n";
    for (int row = 0; row < rows; ++row) {
        text += "p" + std::to_string(row / 4) + "," + (row % 17 == 5 ? "?" : std::to_string(row)) + ",";
        text += classes ? row % 3 == 0 ? "a\n" : "b\n" : std::to_string(row) + ".5\n";
    }
    return text;
}

struct Edited {
    support::Folder folder;
    base::Problems problems;

    std::shared_ptr<const Dataset> load(const Json& split, const Json& edits, bool classes = true) {
        support::writeContent(folder / "t.csv", table(classes));
        problems.clear();
        const DataSpec spec = DataSpec::fromJson(
            {{"source", "file"}, {"reader", "csv"}, {"path", "t.csv"}, {"split", split}, {"edits", edits}}, problems);
        return base::hasError(problems) ? nullptr : loadDataset(spec, folder.path(), problems);
    }
    Places places(const Json& split, const Json& edits, bool classes) {
        const auto set = load(split, edits, classes);
        REQUIRE_MESSAGE(set, (problems.empty() ? "" : base::describe(problems[0])));
        Places result;
        for (const std::uint32_t row : set->parts.train) result[set->sourceRow(row)] = 't';
        for (const std::uint32_t row : set->parts.validation) result[set->sourceRow(row)] = 'v';
        for (const std::uint32_t row : set->parts.test) result[set->sourceRow(row)] = 'T';
        return result;
    }
};

Json excluding(const std::set<std::uint32_t>& which) {
    Json edits = Json::array();
    for (const std::uint32_t row : which) edits.push_back({{"row", row}, {"exclude", true}});
    return edits;
}

const Json shares{{"train", 0.6}, {"validation", 0.2}, {"test", 0.2}};

std::vector<Json> splits() {
    std::vector<Json> all;
    for (const char* mode : {"random", "ordered"}) all.push_back(Json{{"mode", mode}});
    all.push_back({{"mode", "group"}, {"column", "patient"}});
    for (Json& split : all) split.update(shares);
    for (const int fold : {0, 3})
        all.push_back({{"mode", "k_fold"}, {"folds", 5}, {"fold", fold}, {"validation", 0.25}});
    return all;
}

}  // namespace

TEST_CASE("leaving rows out moves no other row between the parts") {
    Edited edited;
    for (const Json& split : splits())
        for (const bool classes : {true, false})
            for (const std::set<std::uint32_t>& out :
                 {std::set<std::uint32_t>{0}, {1, 60}, {5, 22}, {119}, {40, 41, 42, 43}}) {
                CAPTURE(split.dump());
                CAPTURE(classes);
                Places before = edited.places(split, Json::array(), classes);
                const Places after = edited.places(split, excluding(out), classes);
                for (const std::uint32_t row : out) before.erase(row);
                CHECK(after == before);
            }
}

TEST_CASE("another class moves no row between the parts") {
    Edited edited;
    const Json edits{{{"row", 0}, {"label", "b"}}, {{"row", 61}, {"label", "a"}}};
    for (const Json& split : splits()) {
        CAPTURE(split.dump());
        CHECK(edited.places(split, edits, true) == edited.places(split, Json::array(), true));
    }
}

TEST_CASE("a part that loses all its rows by hand is told at the edits") {
    Edited edited;
    std::set<std::uint32_t> out;
    for (std::uint32_t row = 90; row < rows; ++row) out.insert(row);
    CHECK_FALSE(edited.load({{"mode", "ordered"}, {"train", 0.8}, {"test", 0.2}}, excluding(out)));
    REQUIRE_FALSE(edited.problems.empty());
    CHECK(base::describe(edited.problems.back()) ==
          "data.edits: Every row of the test part was left out by hand. Take back some of the edits.");
}
