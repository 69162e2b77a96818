#include "engine/data/DatasetLoader.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace perceptory;
using namespace perceptory::data;

namespace {

std::shared_ptr<const Dataset> load(const base::Json& json, base::Problems& problems) {
    const DataSpec spec = DataSpec::fromJson(json, problems);
    return base::hasError(problems) ? nullptr : loadDataset(spec, ".", problems);
}

std::shared_ptr<const Dataset> load(const base::Json& json) {
    base::Problems problems;
    auto set = load(json, problems);
    REQUIRE_MESSAGE(set, (problems.empty() ? "" : base::describe(problems[0])));
    return set;
}

base::Problem refusal(const base::Json& json) {
    base::Problems problems;
    CHECK(load(json, problems) == nullptr);
    REQUIRE(problems.size() >= 1);
    return problems[0];
}

const base::Json spiral = base::Json::parse(R"({
    "source": "generator", "id": "spiral", "parameters": {"samples": 500, "noise": 0.0}, "seed": "1",
    "features": ["x1", "x2"], "split": {"mode": "random", "train": 0.5, "validation": 0.0, "test": 0.5},
    "preprocessing": [{"type": "standardize"}]})");

base::Json with(const char* pointer, const base::Json& value) {
    base::Json json = spiral;
    json[base::Json::json_pointer(pointer)] = value;
    return json;
}

}  // namespace

TEST_CASE("the project of the contract loads") {
    const auto set = load(spiral);
    CHECK(set->task == Task::Classification);
    CHECK(set->count == 500);
    CHECK(set->inputShape == std::vector<std::int64_t>{2});
    CHECK(set->classNames == std::vector<std::string>{"0", "1"});
    CHECK(set->inputs.size() == 1000);
    CHECK(set->parts.train.size() == 250);
    CHECK(set->parts.validation.empty());
    CHECK(set->parts.test.size() == 250);
    CHECK(set->shownMinimum == std::vector<float>{-6, -6});
    CHECK(set->shownMaximum == std::vector<float>{6, 6});
}

TEST_CASE("a random split shares every class out alike, once, and by its seed") {
    const base::Json three = with("/split", {{"train", 0.6}, {"validation", 0.1}, {"test", 0.3}});
    const auto set = load(three);
    std::vector<std::uint32_t> all;
    for (const auto* part : {&set->parts.train, &set->parts.validation, &set->parts.test}) {
        std::map<std::int32_t, int> classes;
        for (const std::uint32_t row : *part) ++classes[set->labels[row]];
        CHECK(std::abs(classes[0] - classes[1]) <= 1);
        CHECK(std::ranges::is_sorted(*part));
        all.insert(all.end(), part->begin(), part->end());
    }
    CHECK(set->parts.train.size() == 300);
    CHECK(set->parts.validation.size() == 50);
    std::ranges::sort(all);
    std::vector<std::uint32_t> every(500);
    std::iota(every.begin(), every.end(), 0u);
    CHECK(all == every);
    CHECK(load(three)->parts.train == set->parts.train);
    base::Json other = three;
    other["seed"] = "2";
    CHECK(load(other)->parts.train != set->parts.train);
}

TEST_CASE("an ordered split takes the rows as they stand") {
    const auto set = load(with("/split", {{"mode", "ordered"}, {"train", 0.5}, {"validation", 0.1}, {"test", 0.4}}));
    CHECK(set->parts.train.front() == 0);
    CHECK(set->parts.train.back() == 249);
    CHECK(set->parts.validation.front() == 250);
    CHECK(set->parts.test.front() == 300);
}

TEST_CASE("impossible splits are told with place and remedy") {
    CHECK(refusal(with("/split/train", 0.7)).sentence == "The shares 0.7 + 0 + 0.5 make 1.2, not 1.");
    CHECK(refusal(with("/split/train", -0.5)).where == "data.split.train");
    CHECK(refusal(with("/split", {{"train", 0}, {"test", 1}})).where == "data.split.train");
    CHECK(refusal(with("/split/validation", 1.5)).where == "data.split.validation");
    CHECK(refusal(with("/split/mode", "files")).where == "data.split.mode");
    CHECK(refusal(with("/split/mode", "sideways")).where == "data.split.mode");
    CHECK(refusal(with("/split/train", "half")).where == "data.split.train");
    base::Json few = with("/split", {{"train", 0.99}, {"test", 0.01}});
    few["parameters"]["samples"] = 10;
    CHECK(refusal(few).sentence == "The test part would have no row: 0.01 of 10 rows.");
}

TEST_CASE("standardizing is fitted on the training part only and repeats for new rows") {
    const auto set = load(spiral);
    const std::vector<float> raw = set->raw.floats();
    for (std::size_t column = 0; column < 2; ++column) {
        double sum = 0, squares = 0, rawSum = 0;
        for (const std::uint32_t row : set->parts.train) {
            sum += static_cast<double>(set->inputs[row * set->features() + column]);
            squares += std::pow(static_cast<double>(set->inputs[row * set->features() + column]), 2);
            rawSum += static_cast<double>(raw[row * set->rawNames.size() + column]);
        }
        CHECK(sum / 250 == doctest::Approx(0).epsilon(1e-6));
        CHECK(squares / 250 == doctest::Approx(1).epsilon(1e-5));
        CHECK(rawSum != 0);
    }
    double test = 0;
    for (const std::uint32_t row : set->parts.test) test += static_cast<double>(set->inputs[row * set->features()]);
    CHECK(std::abs(test) > 1e-3);
    CHECK(set->pipeline.apply(set->raw.floats(), set->count) == set->inputs);
}

TEST_CASE("min_max stretches the training part to low and high") {
    const auto set = load(
        with("/preprocessing", base::Json::parse(R"([{"type": "min_max", "parameters": {"low": -1, "high": 3}}])")));
    float low = 100, high = -100;
    for (const std::uint32_t row : set->parts.train) {
        low = std::min(low, set->inputs[row * set->features()]);
        high = std::max(high, set->inputs[row * set->features()]);
    }
    CHECK(low == doctest::Approx(-1));
    CHECK(high == doctest::Approx(3));
}

TEST_CASE("the way to the inputs survives storing, formula and fitted numbers included") {
    const auto set = load(with("/features", base::Json::parse(R"(["x1", "radius", {"formula": "x1*x2 + 0.1"}])")));
    CHECK(set->inputShape == std::vector<std::int64_t>{3});
    CHECK(set->featureNames == std::vector<std::string>{"x1", "radius", "x1*x2 + 0.1"});
    const base::Json stored = base::Json::parse(set->pipeline.toJson().dump());
    const InputPipeline again = InputPipeline::fromJson(stored, "model");
    CHECK(again.apply(set->raw.floats(), set->count) == set->inputs);
    CHECK(again.toJson() == stored);
}

TEST_CASE("a damaged description of the inputs is refused, never believed") {
    const base::Json good = load(spiral)->pipeline.toJson();
    for (const char* key : {"columns", "positions", "source_columns", "fill", "features", "fields", "preprocessing"}) {
        base::Json bad = good;
        bad.erase(key);
        CHECK_THROWS_AS(InputPipeline::fromJson(bad, "model"), base::Error);
        bad[key] = "nonsense";
        CHECK_THROWS_AS(InputPipeline::fromJson(bad, "model"), base::Error);
    }
    base::Json bad = good;
    bad["fields"][0]["shape"] = {3};
    CHECK_THROWS_AS(InputPipeline::fromJson(bad, "model"), base::Error);
    bad = good;
    bad["positions"] = {0, 9};
    CHECK_THROWS_AS(InputPipeline::fromJson(bad, "model"), base::Error);
    bad = good;
    bad["preprocessing"][0]["fitted"]["scale"][1] = 0;
    CHECK_THROWS_AS(InputPipeline::fromJson(bad, "model"), base::Error);
}

TEST_CASE("own points are classes by number, or values") {
    base::Json json =
        base::Json::parse(R"({"source": "points", "points": [[1, 2, 10], [3, 4, 9], [5, 6, 10], [0, 0, 9]],
                                            "split": {"train": 0.5, "test": 0.5}})");
    const auto set = load(json);
    CHECK(set->classNames == std::vector<std::string>{"9", "10"});
    CHECK(set->labels == std::vector<std::int32_t>{1, 0, 1, 0});
    CHECK(set->inputs == std::vector<float>{1, 2, 3, 4, 5, 6, 0, 0});
    json["task"] = "regression";
    CHECK(load(json)->targets == std::vector<float>{10, 9, 10, 9});
    json["task"] = "classification";
    json["points"] = base::Json::parse("[[1, 2, 0], [3, 4, 0], [5, 6, 0]]");
    CHECK(refusal(json).where == "data.target");
    json["points"] = base::Json::parse("[[1, 2, 0], [3, \"4\", 0]]");
    CHECK(refusal(json).where == "data.points[1]");
    json["points"] = base::Json::array();
    CHECK(refusal(json).where == "data.points");
}

TEST_CASE("mistakes are told at their place, with the nearest right word") {
    CHECK(refusal(with("/id", "spirale")).fix == "Did you mean \"spiral\"?");
    CHECK(refusal(with("/parameters/noise", 0.9)).where == "data.parameters.noise");
    CHECK(refusal(with("/parameters/arms", 6)).where == "data.parameters.arms");
    CHECK(refusal(with("/features", {"x1", "radios"})).fix == "Did you mean \"radius\"?");
    CHECK(refusal(with("/features", base::Json::array())).where == "data.features");
    const base::Problem formula = refusal(with("/features", base::Json::parse(R"([{"formula": "x1 + y"}])")));
    CHECK(formula.where == "data.features[0]");
    CHECK(formula.sentence.starts_with("Formula, character 6:"));
    CHECK(refusal(with("/preprocessing", {"standardise"})).where == "data.preprocessing[0]");
    CHECK(refusal(with("/source", "cloud")).where == "data.source");
    CHECK(refusal(with("/seed", "x")).where == "data.seed");
    CHECK(refusal(base::Json(3)).where == "data");
}

TEST_CASE("a feature that is not defined somewhere names itself and the row") {
    const base::Problem problem = refusal(with("/features", base::Json::parse(R"j(["x1", {"formula": "log(x1)"}])j")));
    CHECK(problem.where == "data.features[1]");
    CHECK(problem.sentence.starts_with("\"log(x1)\" has no finite value for row "));
}

TEST_CASE("a feature chosen twice is a warning") {
    base::Problems problems;
    CHECK(load(with("/features", {"x1", "x2", "x1"}), problems));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where == "data.features[2]");
    CHECK(problems[0].severity == base::Severity::Warning);
}

TEST_CASE("loading tells how far it is while preprocessing is fitted too, and is called off there") {
    base::Problems problems;
    const DataSpec spec = DataSpec::fromJson({{"source", "generator"},
                                              {"id", "shapes"},
                                              {"parameters", {{"samples", 60}, {"size", 16}}},
                                              {"preprocessing", {"standardize", "zca_whitening"}}},
                                             problems);
    std::vector<double> shares;
    LoadOptions options{.baseFolder = "."};
    options.progress = [&](double share) { return shares.push_back(share), true; };
    REQUIRE(loadDataset(spec, options, problems));
    CHECK(std::ranges::is_sorted(shares));
    CHECK(shares.back() == 1);
    for (const double end : shares) {
        options.progress = [&](double share) { return share < end; };
        CHECK_THROWS_AS(loadDataset(spec, options, problems), base::Cancelled);
    }
    CHECK(std::ranges::count_if(shares, [](double share) { return share > 0.75 && share < 0.95; }) >= 4);
}
