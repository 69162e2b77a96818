// Who rated what and how.

#include "engine/data/NewRows.h"
#include "engine/data/readers/Reader.h"
#include "tests/support/DataFolder.h"

using namespace perceptory;
using base::Json;
using support::inputRow;
using support::says;

namespace {

using Row = std::vector<float>;

Json ratings(const std::string& path, Json parameters = Json::object()) {
    return {{"source", "file"},
            {"reader", {{"type", "ratings"}, {"parameters", std::move(parameters)}}},
            {"path", path},
            {"split", {{"mode", "ordered"}, {"train", 1}, {"test", 0}}}};
}

constexpr const char* films = "userId,movieId,rating,timestamp\n7,b,4.5,11\n3,a,2,12\n7,a,3,13\n10,c,0.5,14\n";

}  // namespace

TEST_CASE("users and items become two fields of whole numbers from 1, and the rating a number to predict") {
    support::DataFolder files;
    files.write("r.csv", films);
    const auto set = files.load(ratings("r.csv"));
    CHECK(set->fields == std::vector<data::Field>{{"user", {1}}, {"item", {1}}});
    CHECK(set->task == data::Task::Regression);
    CHECK(set->targets == std::vector<float>{4.5, 2, 3, 0.5});
    CHECK(set->targetNames == std::vector<std::string>{"rating"});
    CHECK(inputRow(*set, 0) == Row{2, 2});
    CHECK(inputRow(*set, 1) == Row{1, 1});
    CHECK(inputRow(*set, 2) == Row{2, 1});
    CHECK(inputRow(*set, 3) == Row{3, 3});
    CHECK(says(set->notes, "3 users and 3 items; the embedding of the field user needs 4 entries, that of item 4."));
}

TEST_CASE("columns are chosen by name and in any order, without a header by place") {
    support::DataFolder files;
    files.write("turned.tsv", "stars\tfilm\twho\n4.5\tb\t7\n2\ta\t3\n");
    const auto turned = files.load(ratings("turned.tsv", {{"user", "who"}, {"item", "film"}, {"rating", "stars"}}));
    CHECK(turned->fields == std::vector<data::Field>{{"user", {1}}, {"item", {1}}});
    CHECK(inputRow(*turned, 0) == Row{2, 2});
    CHECK(inputRow(*turned, 1) == Row{1, 1});
    CHECK(turned->targets == std::vector<float>{4.5, 2});
    files.write("plain.csv", "7;8;4,5\n3;5;2,0\n");
    const auto plain = files.load(ratings("plain.csv"));
    CHECK(inputRow(*plain, 0) == Row{2, 2});
    CHECK(plain->targets == std::vector<float>{4.5, 2});
    Json target = ratings("turned.tsv", {{"user", "who"}, {"item", "film"}});
    target["target"] = "stars";
    CHECK(files.load(target)->targets == std::vector<float>{4.5, 2});
}

TEST_CASE("a model knows its users and items again, and calls all others 0") {
    support::DataFolder files;
    files.write("r.csv", films);
    const auto set = files.load(ratings("r.csv"));
    const auto pipeline = data::InputPipeline::fromJson(set->pipeline.toJson(), "model");
    files.write("new.csv", "movieId,userId\na,10\nd,3\nb,99\n");
    base::Problems problems;
    const auto rows = data::readRows({files.folder / "new.csv", {}},
                                     {"ratings", {{"user", "userId"}, {"item", "movieId"}}}, pipeline, problems);
    for (const base::Problem& problem : problems) FAIL(base::describe(problem));
    REQUIRE(rows);
    CHECK(pipeline.apply(rows->raw, rows->count) == Row{3, 1, 1, 0, 0, 2});
    files.write("t.csv", "a,b,c\n1,2,3\n2,1,4\n3,5,9\n");
    const auto other = files.load({{"source", "file"}, {"path", "t.csv"}});
    CHECK_FALSE(data::readRows({files.folder / "new.csv", {}}, {"ratings"}, other->pipeline, problems));
    CHECK(says(base::describe(problems.back()), "The model was not trained with ratings."));
}

TEST_CASE("parts named by files share their users and items") {
    support::DataFolder files;
    files.write("r.csv", films);
    files.write("test.csv", "userId,movieId,rating\n3,b,4\n8,a,1\n");
    Json json = ratings("");
    json["split"] = {{"mode", "files"}, {"paths", {{"train", {"r.csv"}}, {"test", {"test.csv"}}}}};
    const auto set = files.load(json);
    CHECK(set->count == 6);
    CHECK(inputRow(*set, 4) == Row{1, 2});
    CHECK(inputRow(*set, 5) == Row{0, 1});
}

TEST_CASE("what are no ratings is refused by name and reason") {
    support::DataFolder files;
    files.write("two.csv", "a,b\n1,2\n3,4\n");
    files.write("r.csv", films);
    files.write("words.csv", "u,i,r\n1,2,good\n3,4,5\n");
    CHECK(says(files.refusal(ratings("two.csv")),
               "data.path: two.csv: the file has 2 columns, and ratings need a user, an item and a rating."));
    CHECK(says(files.refusal(ratings("r.csv", {{"user", "usrId"}})),
               "data.reader.parameters.user: The file has no column called \"usrId\". Did you mean \"userId\"?"));
    CHECK(
        says(files.refusal(ratings("r.csv", {{"rating", "zzzzzzzz"}})),
             "data.reader.parameters.rating: The file has no column called \"zzzzzzzz\". Its columns are \"userId\""));
    CHECK(says(files.refusal(ratings("r.csv", {{"user", "movieId"}})),
               "\"movieId\" is chosen for two of user, item and"));
    CHECK(says(files.refusal(ratings("r.csv", {{"rating", "userId"}})),
               "\"userId\" is chosen for two of user, item and"));
    CHECK(says(files.refusal(ratings("words.csv")), "words.csv, line 2: the target \"r\" is \"good\""));
    CHECK(says(files.refusal(ratings("gone.csv")), "gone.csv: there is no such file"));
}
