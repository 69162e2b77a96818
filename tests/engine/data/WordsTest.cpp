// Columns of words, dates and grouped digits in tables, and what becomes of them.

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/data/DatasetLoader.h"
#include "engine/data/NewRows.h"
#include "engine/data/readers/CsvSniffer.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using namespace perceptory::data;
using base::Json;

namespace {

struct Tables {
    support::Folder folder;
    base::Problems problems;

    std::shared_ptr<const Dataset> load(const std::string& text, const Json& more = Json::object()) {
        support::writeContent(folder / "t.csv", text);
        Json json{{"source", "file"},
                  {"reader", "csv"},
                  {"path", "t.csv"},
                  {"split", {{"mode", "ordered"}, {"train", 0.5}, {"test", 0.5}}}};
        json.update(more);
        problems.clear();
        const DataSpec spec = DataSpec::fromJson(json, problems);
        return base::hasError(problems) ? nullptr : loadDataset(spec, folder.path(), problems);
    }
    std::shared_ptr<const Dataset> sound(const std::string& text, const Json& more = Json::object()) {
        auto set = load(text, more);
        REQUIRE_MESSAGE(set, (problems.empty() ? "" : base::describe(problems[0])));
        return set;
    }
    std::string refusal(const std::string& text, const Json& more = Json::object()) {
        CHECK_FALSE(load(text, more));
        return problems.empty() ? "" : base::describe(problems.front());
    }
};

bool notes(const Dataset& set, const std::string& part) {
    return std::ranges::any_of(set.notes, [&](const std::string& note) { return note.find(part) != note.npos; });
}

using Names = std::vector<std::string>;
using Values = std::vector<float>;

// The first half trains; "lime" is met later only.
const std::string fruit =
    "fruit,weight,kind\npear,1,a\nfig,2,b\npear,3,a\n,4,b\nlime,5,a\nfig,6,b\npear,7,a\nfig,8,b\n";

}  // namespace

TEST_CASE("a column of words becomes an input for each word of the training part") {
    Tables tables;
    const auto set = tables.sound(fruit, {{"missing", "mean"}});
    CHECK(set->featureNames == Names{"fruit=fig", "fruit=pear", "weight"});
    CHECK(set->inputShape == std::vector<std::int64_t>{3});
    CHECK(set->inputs == Values{0, 1, 1, 1, 0, 2, 0, 1, 3, 0, 0, 4, 0, 0, 5, 1, 0, 6, 0, 1, 7, 1, 0, 8});
    CHECK(notes(*set, "\"lime\" of the column \"fruit\" does not occur in the training part"));
    CHECK(tables.sound(fruit)->count == 7);  // a word that is missing is a value that is missing
}

TEST_CASE("a column of words becomes a field for an embedding: 0 is any other word") {
    Tables tables;
    const auto set = tables.sound(fruit, {{"missing", "mean"}, {"columns", {{"fruit", "index"}}}});
    REQUIRE(set->inputFields().size() == 2);
    CHECK(set->inputFields()[0] == Field{"x", {1}});
    CHECK(set->inputFields()[1] == Field{"fruit", {1}});
    CHECK(set->inputs == Values{1, 2, 2, 1, 3, 2, 4, 0, 5, 0, 6, 1, 7, 2, 8, 1});
    const auto alone =
        tables.sound(fruit, {{"missing", "mean"}, {"features", {"fruit"}}, {"columns", {{"fruit", "index"}}}});
    CHECK(alone->inputFields() == std::vector<Field>{{"fruit", {1}}});
}

TEST_CASE("a model meets new words, and its own in another order") {
    Tables tables;
    const auto set = tables.sound(fruit, {{"missing", "mean"}, {"preprocessing", {"standardize"}}});
    const auto again = InputPipeline::fromJson(Json::parse(set->pipeline.toJson().dump()), "model");
    support::writeContent(tables.folder / "new.csv", "weight,fruit\n3,plum\n1,pear\n2,fig\n2,\n");
    const auto rows = readRows({tables.folder / "new.csv", {}}, {"csv", Json::object()}, again, tables.problems);
    REQUIRE(rows);
    const Values inputs = again.apply(rows->raw, rows->count), own = set->inputs;
    const auto row = [](const Values& values, std::size_t i) {
        return Values(values.begin() + std::ptrdiff_t(3 * i), values.begin() + std::ptrdiff_t(3 * i + 3));
    };
    CHECK(row(inputs, 1) == row(own, 0));  // 1, pear
    CHECK(row(inputs, 2) == row(own, 1));  // 2, fig
    CHECK(row(inputs, 0)[0] == row(own, 4)[0]);
    CHECK(row(inputs, 0)[1] == row(own, 4)[1]);  // plum is as unknown as lime
    CHECK(row(inputs, 3)[1] == row(own, 3)[1]);
}

TEST_CASE("files for each part share the words of the training file") {
    Tables tables;
    support::writeContent(tables.folder / "train.csv", "c,x,y\nred,1,a\nblue,2,b\n");
    support::writeContent(tables.folder / "test.csv", "c,x,y\ngreen,3,a\nred,4,b\n");
    const auto set = tables.sound(
        "", {{"split", {{"mode", "files"}, {"paths", {{"train", {"train.csv"}}, {"test", {"test.csv"}}}}}}});
    CHECK(set->featureNames == Names{"c=blue", "c=red", "x"});
    CHECK(set->inputs == Values{0, 1, 1, 1, 0, 2, 0, 0, 3, 0, 1, 4});
    CHECK(set->parts.test == std::vector<std::uint32_t>{2, 3});
}

TEST_CASE("dates and texts that never repeat are left out, and it is said") {
    Tables tables;
    std::string text = "day,name,x,kind\n";
    for (int i = 0; i < 120; ++i)
        text += "2024-01-" + std::to_string(10 + i % 20) + ",guest " + std::to_string(i) + "," + std::to_string(i) +
                (i % 2 ? ",a\n" : ",b\n");
    const auto set = tables.sound(text);
    CHECK(set->featureNames == Names{"x"});
    CHECK(notes(*set, "\"day\" holds dates or times and is left out."));
    CHECK(notes(*set, "\"name\" has 120 different texts in 120 rows and is left out."));
    const auto asked = tables.sound(text, {{"columns", {{"day", "one_hot"}, {"name", "ignore"}}}});
    CHECK(asked->features() == 21);
    CHECK(tables.refusal(text, {{"columns", {{"x", "words"}}}}).find("data.columns.x") != std::string::npos);
    CHECK(tables.refusal(text, {{"columns", {{"nam", "ignore"}}}}).find("Did you mean \"name\"?") != std::string::npos);
}

TEST_CASE("what dates look like") {
    for (const char* date :
         {"2024-02-29", "1.3.2024", "12/31/1999", "2024-02-29T12:30:00Z", "2024-02-29 12:30", "1981-01", "01 Mar 2020",
          "1-Mar-20", "Mar 1, 2020", "MARCH 2020", "Sun, 01 Mar 2020", "1 Sept 2020 18:15", "5 May"})
        CHECK_MESSAGE(isDate(date), date);
    for (const char* other :
         {"12-14", "1.5", "a-b-c", "1-2-3-4", "2024-02-", "12:30", "2024 02 29", "", "-1-2", "12345-1-1", "may", "Mar",
          "mar 20 miles", "1 Marsh 2020", "March 1 2 3", "March April 1"})
        CHECK_MESSAGE(!isDate(other), other);
}

TEST_CASE("what times of day look like") {
    for (const char* time : {"18:15", "6:15", "06:15 pm", "6:15PM", "18:15:30", "18:15:30.25", "00:00"})
        CHECK_MESSAGE(isTimeOfDay(time), time);
    for (const char* other : {"18", "18:5", "25:00", "12:60", "1:2:3", "a:bc", "", ":", "pm", "18:15:30:00", "3:1"})
        CHECK_MESSAGE(!isTimeOfDay(other), other);
}

TEST_CASE("dates with names of months and times of day are left out, and it is said") {
    Tables tables;
    std::string text = "day,at,x,kind\n";
    for (int i = 0; i < 60; ++i)
        text += std::to_string(10 + i % 20) + " Mar 2020,1" + std::to_string(i % 9) + ":15," + std::to_string(i) +
                (i % 2 ? ",a\n" : ",b\n");
    const auto set = tables.sound(text);
    CHECK(set->featureNames == Names{"x"});
    CHECK(notes(*set, "\"day\" holds dates or times and is left out."));
    CHECK(notes(*set, "\"at\" holds dates or times and is left out."));
}

TEST_CASE("digits in groups are numbers where nothing else can be meant") {
    Tables tables;
    CHECK(tables.sound("a;b\n1,234,567;x\n12,345;y\n7;x\n")->raw.floats() == Values{1234567, 12345, 7});
    CHECK(tables.sound("a;b\n1.234,5;x\n12.345,25;y\n7;x\n")->raw.floats() == Values{1234.5f, 12345.25f, 7});
    CHECK(tables.sound("a,b\n\"1,234.5\",x\n\"2,000\",y\n")->raw.floats() == Values{1234.5f, 2000});
    CHECK(tables.sound("a;b\n1,234;x\n2,5;y\n")->raw.floats() == Values{1.234f, 2.5f});  // decimal commas
    CHECK(tables.sound("a;b\n1,234;x\n2,500;y\n", {{"parameters", {{"thousands", "grouped"}, {"decimal", "point"}}}})
              ->raw.floats() == Values{1234, 2500});
}

TEST_CASE("several columns of numbers are predicted together") {
    Tables tables;
    const std::string text = "x,u,v\n1,10,20\n2,11,21\n3,12,\n4,13,23\n";
    const auto set = tables.sound(text, {{"target", {"u", "v"}}});
    CHECK(set->task == Task::Regression);
    CHECK(set->targetNames == Names{"u", "v"});
    CHECK(set->targets == Values{10, 20, 11, 21, 13, 23});
    CHECK(set->featureNames == Names{"x"});
    CHECK(tables.refusal("x,u,v\n1,a,20\n2,b,21\n", {{"target", {"u", "v"}}})
              .find("t.csv, line 2: the target \"u\" is \"a\", which is not a number.") != std::string::npos);
    CHECK(tables.refusal(text, {{"target", {"u", "w"}}}).find("no column called \"w\"") != std::string::npos);
    CHECK(tables.refusal(text, {{"target", {"u", "v", "u"}}}) ==
          "data.target: The column \"u\" is named twice. Name each column once.");
}

TEST_CASE("a column keeps its rows together in a split and is no input") {
    Tables tables;
    std::string text = "patient,x,kind\n";
    for (int i = 0; i < 60; ++i)
        text += "p" + std::to_string(i / 3) + "," + std::to_string(i) + (i % 2 ? ",a\n" : ",b\n");
    const auto set =
        tables.sound(text, {{"split", {{"mode", "group"}, {"column", "patient"}, {"train", 0.7}, {"test", 0.3}}}});
    CHECK(set->featureNames == Names{"x"});
    CHECK(set->parts.train.size() == 42);
    for (const std::uint32_t row : set->parts.test)
        CHECK(std::ranges::none_of(set->parts.train, [&](std::uint32_t other) { return other / 3 == row / 3; }));
    const auto asked =
        tables.sound(text, {{"split", {{"mode", "group"}, {"column", "patient"}, {"train", 0.7}, {"test", 0.3}}},
                            {"features", {"patient", "x"}},
                            {"columns", {{"patient", "index"}}}});
    CHECK(asked->rawNames == Names{"patient", "x"});  // an input only where it is asked for
    CHECK(tables.refusal(text, {{"split", {{"mode", "group"}, {"column", "ward"}, {"train", 0.7}, {"test", 0.3}}}})
              .find("data.split.column") != std::string::npos);
}

TEST_CASE("edits leave rows out and give them other classes") {
    Tables tables;
    const std::string text = "x,kind\n1,a\n2,b\n?,a\n4,b\n5,a\n6,b\n";
    const Json edits{{{"row", 1}, {"exclude", true}}, {{"row", 4}, {"label", "b"}}};
    const auto set = tables.sound(text, {{"edits", edits}});
    CHECK(set->raw.floats() == Values{1, 4, 5, 6});  // row 1 by hand, row 2 for its missing value
    CHECK(set->labels == std::vector<std::int32_t>{0, 1, 1, 1});
    CHECK(notes(*set, "1 row was left out by hand."));
    CHECK(notes(*set, "1 row was given another class by hand."));
    CHECK(
        tables.refusal(text, {{"edits", {{{"row", 9}, {"exclude", true}}}}}).find("data.edits[0]: There is no row 9") !=
        std::string::npos);
    CHECK(tables.refusal(text, {{"edits", {{{"row", 1}, {"label", "c"}}}}}).find("no class \"c\"") !=
          std::string::npos);
    const auto gaps = tables.sound("x,kind\n1,a\n2,\n3,b\n4,b\n5,a\n",
                                   {{"edits", {{{"row", 3}, {"exclude", true}}, {{"row", 1}, {"label", "a"}}}}});
    CHECK(gaps->raw.floats() == Values{1, 3, 5});  // rows are counted as in the file
    CHECK(gaps->sourceRows == std::vector<std::uint32_t>{0, 2, 4});
    CHECK(tables.problems.back().sentence ==
          "Row 1 is not among the samples: its target or a value is missing, or it is damaged.");
    CHECK(tables.refusal(text, {{"edits", {{{"row", 1}}}}}).find("This is no edit of a row.") != std::string::npos);
}
