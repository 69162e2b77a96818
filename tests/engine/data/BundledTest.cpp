#include "engine/data/bundled/BundledSet.h"

#include <doctest/doctest.h>

#include <unistd.h>
#include <algorithm>
#include <cstdlib>

#include <fstream>
#include <iterator>

#include "engine/data/DatasetLoader.h"

using namespace perceptory;
using namespace perceptory::data;

namespace {

std::shared_ptr<const Dataset> load(const std::string& id) {
    base::Problems problems;
    const DataSpec spec = DataSpec::fromJson(base::Json{{"source", "dataset"}, {"id", id}}, problems);
    auto set = loadDataset(spec, ".", problems);
    REQUIRE_MESSAGE(problems.empty(), (problems.empty() ? "" : base::describe(problems[0])));
    return set;
}

}  // namespace

TEST_CASE("every bundled set loads, is complete, and has a card with its hash") {
    for (const BundledSetType* type : bundledSets().members()) {
        CAPTURE(type->id);
        CHECK_FALSE(type->picture.empty());
        for (const std::string& row : type->picture) {
            CHECK(row.size() == type->picture.front().size());
            CHECK(row.find_first_not_of(".#0123456789") == std::string::npos);
        }
        const auto set = load(type->id);
        CHECK(set->task == type->task);
        CHECK(set->notes.empty());
        CHECK(set->parts.train.size() + set->parts.test.size() == set->count);
        std::ifstream file((datasetsFolder() / type->file).parent_path() / "card.md");
        const std::string card{std::istreambuf_iterator<char>(file), {}};
        CHECK(card.find(type->sha256) != std::string::npos);
        for (const char* word : {"origin", "licence", "citation", "columns", "rows"})
            CHECK(card.find(word) != std::string::npos);
    }
}

TEST_CASE("iris: 150 flowers, four lengths, three kinds of 50") {
    const auto set = load("iris");
    CHECK(set->count == 150);
    CHECK(set->inputShape == std::vector<std::int64_t>{4});
    CHECK(set->classNames == std::vector<std::string>{"setosa", "versicolor", "virginica"});
    for (std::int32_t c = 0; c < 3; ++c) {
        CHECK(std::ranges::count(set->labels, c) == 50);
        CHECK(std::ranges::count_if(set->parts.train, [&](std::uint32_t row) { return set->labels[row] == c; }) == 40);
    }
    CHECK(set->raw[0] == 5.1f);
    CHECK(set->raw.back() == 1.8f);
}

TEST_CASE("digits: 1797 pictures of 8 by 8 in ten classes") {
    const auto set = load("digits");
    CHECK(set->count == 1797);
    CHECK(set->inputShape == std::vector<std::int64_t>{8, 8, 1});
    CHECK(set->classes() == 10);
    CHECK(std::ranges::count(set->labels, 3) == 183);
    CHECK(std::ranges::max(set->raw) == 16);
    CHECK(set->input(0)[2] == 5);
}

TEST_CASE("a file that is not the one the program came with is refused") {
    const auto folder = std::filesystem::temp_directory_path() / ("perceptory-bundled-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder / "iris");
    std::ofstream(folder / "iris/iris.csv") << "a,species\n1,x\n2,y\n";
    ::setenv("PERCEPTORY_DATASETS", folder.c_str(), 1);
    base::Problems problems;
    const DataSpec spec = DataSpec::fromJson(base::Json{{"source", "dataset"}, {"id", "iris"}}, problems);
    CHECK_THROWS_WITH_AS(loadDataset(spec, ".", problems), doctest::Contains("not the file that came with Perceptory"),
                         base::Error);
    ::setenv("PERCEPTORY_DATASETS", (folder / "nowhere").c_str(), 1);
    CHECK_THROWS_WITH_AS(datasetsFolder(), doctest::Contains("PERCEPTORY_DATASETS names"), base::Error);
    ::unsetenv("PERCEPTORY_DATASETS");
    std::filesystem::remove_all(folder);
}
