// Series cut into windows.

#include "engine/data/NewRows.h"
#include "tests/support/DataFolder.h"

using namespace perceptory;
using base::Json;
using support::inputRow;
using support::says;

namespace {

using Row = std::vector<float>;

Json windows(const std::string& path, Json parameters) {
    return {{"source", "file"},
            {"reader", {{"type", "windows"}, {"parameters", std::move(parameters)}}},
            {"path", path},
            {"split", {{"mode", "ordered"}, {"train", 1}, {"test", 0}}}};
}

constexpr const char* days =
    "date,temp,rain\n2024-01-01,1,0\n2024-01-02,2,10\n2024-01-03,3,20\n2024-01-04,4,30\n2024-01-05,5,40\n"
    "2024-01-06,6,50\n";

}  // namespace

TEST_CASE("windows hold values in a row, and those that follow are predicted") {
    support::DataFolder files;
    files.write("t.csv", days);
    const auto set = files.load(windows("t.csv", {{"length", 3}, {"horizon", 2}}));
    CHECK(set->count == 2);
    CHECK(set->inputShape == std::vector<std::int64_t>{3, 1});
    CHECK(set->task == data::Task::Regression);
    CHECK(set->rawNames == std::vector<std::string>{"temp -2", "temp -1", "temp 0"});
    CHECK(set->targetNames == std::vector<std::string>{"temp +1", "temp +2"});
    CHECK(inputRow(*set, 0) == Row{1, 2, 3});
    CHECK(inputRow(*set, 1) == Row{2, 3, 4});
    CHECK(set->targets == Row{4, 5, 5, 6});
    CHECK(says(set->notes, "2 windows of 3 rows of temp, as the shape 3 × 1."));
}

TEST_CASE("that windows share values is said where a split mixes them") {
    support::DataFolder files;
    files.write("t.csv", days);
    const auto tells = [&](const Json& split, int stride) {
        Json json = windows("t.csv", {{"length", 1}, {"stride", stride}});
        json["split"] = split;
        return says(files.load(json)->notes, "use the split \"ordered\"");
    };
    CHECK(tells({{"mode", "random"}, {"train", 1}, {"test", 0}}, 1));
    CHECK(tells({{"mode", "k_fold"}, {"folds", 5}}, 1));
    CHECK_FALSE(tells({{"mode", "random"}, {"train", 1}, {"test", 0}}, 2));
    CHECK_FALSE(tells({{"mode", "ordered"}, {"train", 1}, {"test", 0}}, 1));
    CHECK_FALSE(tells({{"mode", "files"}, {"paths", {{"train", "t.csv"}, {"test", "t.csv"}}}}, 1));
}

TEST_CASE("further columns stand beside the first, and a stride leaves windows out") {
    support::DataFolder files;
    files.write("t.csv", days);
    const Json wide{{"column", "rain"}, {"columns", " temp , rain"}, {"length", 2}, {"stride", 3}};
    const auto set = files.load(windows("t.csv", wide));
    CHECK(set->count == 2);
    CHECK(set->inputShape == std::vector<std::int64_t>{2, 2});
    CHECK(set->rawNames == std::vector<std::string>{"rain -1", "temp -1", "rain 0", "temp 0"});
    CHECK(inputRow(*set, 0) == Row{0, 1, 10, 2});
    CHECK(inputRow(*set, 1) == Row{30, 4, 40, 5});
    CHECK(set->targets == Row{20, 50});
}

TEST_CASE("windows that touch a missing value are left out, and it is said") {
    support::DataFolder files;
    files.write("t.csv", "v\n1\n2\n?\n4\n5\n6\n7\n");
    const auto set = files.load(windows("t.csv", {{"length", 2}, {"header", "yes"}}));
    CHECK(set->count == 2);
    CHECK(inputRow(*set, 0) == Row{4, 5});
    CHECK(set->targets == Row{6, 7});
    CHECK(says(set->notes, "3 windows left out: a value is missing."));
}

TEST_CASE("missing inputs are filled in where the project says so, missing targets never") {
    support::DataFolder files;
    files.write("t.csv", "v\n1\n2\n?\n4\n5\n6\n7\n");
    Json json = windows("t.csv", {{"length", 2}, {"header", "yes"}});
    json["missing"] = "mean";
    const auto set = files.load(json);
    CHECK(set->sourceRows == std::vector<std::uint32_t>{1, 2, 3, 4});
    // The mean of all steps of the windows: 2, 4, 4, 5, 5, 6.
    CHECK(inputRow(*set, 0)[1] == doctest::Approx(26.0 / 6));
    CHECK(inputRow(*set, 1)[0] == doctest::Approx(26.0 / 6));
    CHECK(set->targets == Row{4, 5, 6, 7});
    CHECK(says(set->notes, "1 window left out: a value is missing."));
}

TEST_CASE("a model gets windows of its own length and columns, the last one included") {
    support::DataFolder files;
    files.write("t.csv", days);
    Json json = windows("t.csv", {{"length", 3}, {"columns", "rain"}});
    json["preprocessing"] = {"standardize"};
    const auto set = files.load(json);
    const auto pipeline = data::InputPipeline::fromJson(set->pipeline.toJson(), "model", set->pipeline.tensors());
    base::Problems problems;
    const auto read = [&](const std::string& name, Json parameters = Json::object()) {
        return data::readRows({files.folder / name, {}}, {"windows", std::move(parameters)}, pipeline, problems);
    };
    files.write("new.csv", "rain,temp\n1,10\n2,20\n3,30\n4,40\n5,50\n");
    const auto rows = read("new.csv");
    for (const base::Problem& problem : problems) FAIL(base::describe(problem));
    REQUIRE(rows);
    CHECK(rows->count == 3);
    CHECK(rows->raw == Row{10, 1, 20, 2, 30, 3, 20, 2, 30, 3, 40, 4, 30, 3, 40, 4, 50, 5});
    const auto far = read("new.csv", {{"stride", 100}});
    REQUIRE(far);
    CHECK(far->raw == Row{10, 1, 20, 2, 30, 3, 30, 3, 40, 4, 50, 5});
    files.write("gap.csv", "rain,temp\n1,10\n2,20\n3,30\n,40\n");
    CHECK_FALSE(read("gap.csv"));
    CHECK(says(base::describe(problems.back()), "gap.csv, line 5, column \"rain 0\": a value is missing"));
    files.write("short.csv", "rain,temp\n1,10\n2,20\n");
    CHECK_FALSE(read("short.csv"));
    CHECK(says(base::describe(problems.back()), "short.csv: it has 2 rows, fewer than the 3 of a window."));
    files.write("other.csv", "rain,heat\n1,10\n2,20\n3,4\n");
    CHECK_FALSE(read("other.csv"));
    CHECK(says(base::describe(problems.back()), "temp"));
}

TEST_CASE("what gives no windows is refused by name and reason") {
    support::DataFolder files;
    files.write("t.csv", days);
    files.write("words.csv", "a,b\nx,y\ny,z\nz,x\n");
    files.write("odd.csv", "a,b\n1,2\nx,3\n4,5\n6,7\n");
    CHECK(says(files.refusal(windows("t.csv", {{"column", "tmp"}})),
               "data.reader.parameters.column: The file has no column called \"tmp\". Did you mean \"temp\"?"));
    CHECK(says(files.refusal(windows("t.csv", {{"columns", "rian"}})), "data.reader.parameters.columns: The file has"));
    CHECK(says(files.refusal(windows("t.csv", Json::object())),
               "data.path: t.csv: it has 6 rows, too few for windows of 30 and 1 more to predict."));
    CHECK(says(files.refusal(windows("words.csv", Json::object())), "words.csv: no column holds numbers."));
    CHECK(says(files.refusal(windows("odd.csv", {{"column", "a"}, {"length", 1}})), "\"x\" is not a number"));
    CHECK(says(files.refusal(windows("t.csv", {{"length", 0}})), "length"));
    files.write("gone.csv", "v\n1\n?\n2\n?\n3\n");
    CHECK(says(files.refusal(windows("gone.csv", {{"length", 1}, {"header", "yes"}})), "No complete row is left."));
    files.write("table.csv", "a,b,c\n1,2,3\n2,1,4\n3,5,9\n");
    const auto other = files.load({{"source", "file"}, {"path", "table.csv"}});
    base::Problems problems;
    CHECK_FALSE(data::readRows({files.folder / "t.csv", {}}, {"windows"}, other->pipeline, problems));
    CHECK(says(base::describe(problems.back()), "The model was not trained with windows of a series."));
}
