// What is said about data that can be trained with, and what is not.

#include "engine/data/DatasetWarnings.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/data/DatasetLoader.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using namespace perceptory::data;
using base::Json;

namespace {

struct Tables {
    support::Folder folder;

    base::Problems warnings(const std::string& text, const Json& more = Json::object()) {
        support::writeContent(folder / "t.csv", text);
        Json json{
            {"source", "file"}, {"path", "t.csv"}, {"split", {{"mode", "ordered"}, {"train", 0.5}, {"test", 0.5}}}};
        json.update(more);
        base::Problems problems;
        const auto set = loadDataset(DataSpec::fromJson(json, problems), folder.path(), problems);
        REQUIRE_MESSAGE(set, (problems.empty() ? "" : base::describe(problems[0])));
        return warnAbout(*set);
    }
};

bool tells(const base::Problems& problems, const std::string& where, const std::string& part) {
    return std::ranges::any_of(problems, [&](const base::Problem& problem) {
        return problem.where == where && problem.severity == base::Severity::Warning && !problem.fix.empty() &&
               problem.sentence.find(part) != std::string::npos;
    });
}

// `a` rows of the class a, then `b` of b; every value is there once, and in no order.
std::string rows(int a, int b) {
    std::string text = "x,kind\n";
    for (int i = 0; i < a + b; ++i) text += std::to_string((i * 7919) % 10007) + (i < a ? ".5,a\n" : ".5,b\n");
    return text;
}

const Json shares{{"split", {{"mode", "random"}, {"train", 0.5}, {"test", 0.5}}}};

}  // namespace

TEST_CASE("sound data is not warned about") { CHECK(Tables().warnings(rows(60, 40), shares).empty()); }

TEST_CASE("rows with different words that the training part lacks are no copies") {
    std::string text = "word,x,kind\n";
    for (int i = 0; i < 80; ++i)
        text += (i < 40 ? std::string(i % 2 ? "p" : "q") : "w" + std::to_string(i)) + "," +
                std::to_string(i < 40 ? i : 7) + (i % 2 ? ",a\n" : ",b\n");
    const Json index{{"columns", {{"word", "index"}}}};
    for (const base::Problem& problem : Tables().warnings(text, index))
        CHECK(problem.sentence.find("more than once") == std::string::npos);
}

TEST_CASE("a class with more than ten times the rows of another") {
    Tables tables;
    CHECK(tables.warnings(rows(200, 20), shares).empty());
    const base::Problems found = tables.warnings(rows(201, 20), shares);
    CHECK(found.size() == 1);
    CHECK(tells(found, "data.balance", "\"a\" has 201 rows and \"b\" has 20"));
}

TEST_CASE("classes with few rows") {
    Tables tables;
    CHECK(tells(tables.warnings(rows(30, 9), shares), "data.target",
                "1 of 2 classes has less than 10 rows; \"b\" has 9"));
    CHECK(tables.warnings(rows(30, 10), shares).empty());
}

TEST_CASE("a column that numbers the rows") {
    const auto table = [](int from, int step) {
        std::string text = "nr,x,kind\n";
        for (int i = 0; i < 40; ++i)
            text += std::to_string(from + step * i) + "," + std::to_string(i * 7 % 40) + (i % 2 ? ".5,a\n" : ".5,b\n");
        return text;
    };
    Tables tables;
    CHECK(tells(tables.warnings(table(1, 1)), "data.features", "\"nr\" numbers the rows"));
    CHECK(tells(tables.warnings(table(500, -3)), "data.features", "\"nr\" numbers the rows"));
    CHECK(tables.warnings(table(1, 1), {{"features", {"x"}}}).empty());
    CHECK(tables.warnings(table(1, 0)).empty());
}

TEST_CASE("a column that names the rows, in whatever order") {
    const auto table = [](const std::string& name, const auto& value, int count = 40) {
        std::string text = name + ",x,kind\n";
        for (int i = 0; i < count; ++i) text += value(i) + "," + std::to_string(i % 7) + (i % 2 ? ",a\n" : ",b\n");
        return text;
    };
    const std::string said = "\" is another one in nearly every row";
    const auto mixed = [](int i) { return std::to_string(100 + i * 17 % 41); };                   // of 41 numbers
    const auto spread = [](int i) { return std::to_string(7'919 * (i * 17 % 41) % 1'000'003); };  // of a million
    const auto decimals = [](int i) { return std::to_string(100 + i * 17 % 41) + ".5"; };
    const auto repeated = [](int i) { return std::to_string(100 + i * 17 % 30); };
    const auto word = [](int i) { return "w" + std::to_string(i * 17 % 41); };
    Tables tables;
    CHECK(tells(tables.warnings(table("account", mixed)), "data.features", "\"account" + said));
    for (const char* name : {"PassengerId", "user_id", "ID", "No."})
        CHECK_MESSAGE(tells(tables.warnings(table(name, spread)), "data.features", name + said), name);
    for (const char* name : {"price", "idle", "width", "notes"})
        CHECK_MESSAGE(tables.warnings(table(name, spread)).empty(), name);
    CHECK(tables.warnings(table("user_id", decimals)).empty());
    CHECK(tables.warnings(table("user_id", repeated)).empty());
    CHECK(tables.warnings(table("account", mixed, 19)).size() == tables.warnings(table("price", repeated, 19)).size());
    const Json all{{"columns", {{"name", "index"}}}, {"split", {{"mode", "ordered"}, {"train", 1}, {"test", 0}}}};
    CHECK(tells(tables.warnings(table("name", word), all), "data.features", "\"name" + said));
}

TEST_CASE("rows that are there twice, and test rows that train") {
    std::string text = "x,kind\n";
    for (int i = 0; i < 100; ++i) text += std::to_string((i % 97) * 31 % 97) + ".25," + (i % 2 ? "a\n" : "b\n");
    // The rows 97, 98, 99 hold the values of 0, 1, 2, with the other class.
    Tables tables;
    CHECK_FALSE(tells(tables.warnings(text), "data", "more than once"));
    CHECK(tells(tables.warnings(text), "data.split", "3 of 50 test rows also stand in the training rows"));
    for (int i = 0; i < 3; ++i) text += "7.5,a\n";
    CHECK(tells(tables.warnings(text), "data", "2 of 103 rows are there more than once"));
}

TEST_CASE("one copy is chance") {
    std::string text = rows(30, 30);
    text += text.substr(text.rfind('\n', text.size() - 2) + 1);
    CHECK(Tables().warnings(text).empty());
}

TEST_CASE("a huge set is looked at in part") {
    std::string text = "x,kind\n";
    for (std::size_t i = 0; i < mostRowsLookedAt; ++i) text += std::to_string(i) + ".5," + (i % 2 ? "a\n" : "b\n");
    for (int i = 0; i < 10'000; ++i) text += "7.25,a\n";
    CHECK(Tables().warnings(text).empty());
}
