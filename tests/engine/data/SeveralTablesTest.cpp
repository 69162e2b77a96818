// Tables in several files: their rows as one table, or each file a part.

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/data/DatasetLoader.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using namespace perceptory::data;
using base::Json;

namespace {

using Names = std::vector<std::string>;
using Numbers = std::vector<std::uint32_t>;

struct Files {
    support::Folder folder;
    base::Problems problems;

    void write(const std::string& name, const std::string& text) { support::writeContent(folder / name, text); }

    std::shared_ptr<const Dataset> load(const Json& more) {
        Json json{{"source", "file"}, {"reader", "csv"}, {"missing", "mean"}};
        json.update(more);
        problems.clear();
        const DataSpec spec = DataSpec::fromJson(json, problems);
        REQUIRE_FALSE(base::hasError(problems));
        return loadDataset(spec, folder.path(), problems);
    }
    std::shared_ptr<const Dataset> sound(const Json& more) {
        auto set = load(more);
        REQUIRE_MESSAGE(set, (problems.empty() ? "" : base::describe(problems[0])));
        return set;
    }
    std::string refusal(const Json& more) {
        CHECK_FALSE(load(more));
        return problems.empty() ? "" : base::describe(problems.front());
    }
};

// "a.csv" and "b.csv" as one table, its first rows training.
Json joined(const char* mode = "ordered") {
    return {{"paths", {"a.csv", "b.csv"}}, {"split", {{"mode", mode}, {"train", 0.75}, {"test", 0.25}}}};
}

Json parted() { return {{"split", {{"mode", "files"}, {"paths", {{"train", {"a.csv"}}, {"test", {"b.csv"}}}}}}}; }

bool says(const std::string& text, const std::string& part) {
    CAPTURE(text);
    return text.find(part) != std::string::npos;
}

bool notes(const Dataset& set, const std::string& part) {
    return std::ranges::any_of(set.notes, [&](const std::string& note) { return note.find(part) != note.npos; });
}

}  // namespace

TEST_CASE("rows of several tables are one table, with the words and classes of all") {
    Files files;
    files.write("a.csv", "fruit,weight,kind\npear,1,m\nfig,2,z\n");
    files.write("b.csv", "fruit,weight,kind\napple,3,a\nfig,4,m\n");
    const auto set = files.sound(joined());
    CHECK(set->count == 4);
    CHECK(set->classNames == Names{"a", "m", "z"});
    CHECK(set->labels == std::vector<std::int32_t>{1, 2, 0, 1});
    CHECK(set->featureNames == Names{"fruit=apple", "fruit=fig", "fruit=pear", "weight"});
    CHECK(set->inputs == std::vector<float>{0, 0, 1, 1, 0, 1, 0, 2, 1, 0, 0, 3, 0, 1, 0, 4});
    CHECK(set->parts.train == Numbers{0, 1, 2});
    CHECK(notes(*set, "a.csv: "));
    CHECK(notes(*set, "b.csv: "));
}

TEST_CASE("columns in another order are put in that of the first table") {
    Files files;
    files.write("a.csv", "fruit,weight,size,kind\npear,1,5,m\nfig,2,6,z\n");
    files.write("b.csv", "size,kind,weight,fruit\n7,a,3,apple\n8,m,4,fig\n");
    const auto set = files.sound(joined());
    CHECK(set->featureNames == Names{"fruit=apple", "fruit=fig", "fruit=pear", "weight", "size"});
    CHECK(set->inputs == std::vector<float>{0, 0, 1, 1, 5, 0, 1, 0, 2, 6, 1, 0, 0, 3, 7, 0, 1, 0, 4, 8});
}

TEST_CASE("rows keep their numbers, whichever were left out of the first table") {
    Files files;
    files.write("a.csv", "x,y\n1,a\n2,\n3,b\n");
    files.write("b.csv", "x,y\n,a\n5,b\n6,?\n7,a\n");
    Json json = joined();
    json["edits"] = {{{"row", 4}, {"exclude", true}}};
    const auto set = files.sound(json);
    CHECK(set->sourceRows == Numbers{0, 2, 3, 6});
    CHECK(set->raw.floats()[3] == 7);
}

TEST_CASE("the task of the first table holds for the others, however few values they have") {
    Files files;
    std::string many = "x,y\n";
    for (int i = 0; i < 60; ++i) many += std::to_string(i) + "," + std::to_string(i) + ".5\n";
    files.write("a.csv", many);
    files.write("b.csv", "x,y\n1,1\n2,2\n3,1\n");
    CHECK(files.sound(joined())->task == Task::Regression);
    CHECK(files.sound(parted())->count == 63);
}

TEST_CASE("a part may lack classes of the training part, but not have others") {
    Files files;
    files.write("a.csv", "x,kind\n1,a\n2,b\n3,c\n");
    files.write("b.csv", "x,kind\n4,b\n5,c\n");
    const auto set = files.sound(parted());
    CHECK(set->classNames == Names{"a", "b", "c"});
    CHECK(set->labels == std::vector<std::int32_t>{0, 1, 2, 1, 2});
    CHECK(set->parts.test == Numbers{3, 4});
    files.write("b.csv", "x,kind\n4,b.\n5,c\n");
    const std::string refused = files.refusal(parted());
    CHECK(says(refused, "data.split.paths.test"));
    CHECK(says(refused, "b.csv has the class \"b.\", which no row has that trains. Write the classes alike"));
}

TEST_CASE("a table that is unlike the first is refused by its name") {
    Files files;
    files.write("a.csv", "x,y,kind\n1,2,a\n3,4,b\n");
    files.write("b.csv", "x,kind\n1,a\n2,b\n");
    CHECK(says(files.refusal(joined()), "b.csv: The file has no column called \"y\""));
    files.write("b.csv", "x,y,kind\n1,oops,a\n2,5,b\n");
    CHECK(says(files.refusal(joined()), "b.csv, line 2, column \"y\": \"oops\" is not a number"));
    files.write("b.csv", "y,x,sort\n1,5,a\n2,5,b\n");
    CHECK(says(files.refusal(joined()), "The file has no column called \"kind\""));
    Json gone = joined();
    gone["paths"][1] = "none.csv";
    CHECK_THROWS_WITH_AS(files.load(gone), doctest::Contains("none.csv: there is no such file"), base::Error);
}

TEST_CASE("groups cannot be told across tables") {
    Files files;
    files.write("a.csv", "who,x,kind\np,1,a\nq,2,b\n");
    files.write("b.csv", "who,x,kind\np,1,a\nr,2,b\n");
    Json group = joined("group");
    group["split"]["column"] = "who";
    const std::string refused = files.refusal(group);
    CHECK(says(refused, "data.split.mode"));
    CHECK(says(refused, "cannot be told across 2 files"));
}
