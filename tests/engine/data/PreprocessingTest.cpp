// Runs over the whole shelf: a new step is tested by being on it.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <numeric>

#include "tests/engine/data/PreprocessingSamples.h"

using namespace perceptory;
using namespace perceptory::data;
using base::Json;

namespace {

InputPipeline restored(const Json& json, const tensor::NamedTensors& tensors) {
    return InputPipeline::fromJson(json, "model", tensors);
}

Json golden() {
    std::ifstream file(PERCEPTORY_SOURCE_DIR "/tests/golden/preprocessing.json");
    return Json::parse(file);
}

std::vector<float> flat(const Json& rows) {
    std::vector<float> values;
    for (const Json& row : rows)
        for (const Json& value : row) values.push_back(value.get<float>());
    return values;
}

}  // namespace

TEST_CASE("every step gives what scikit-learn and numpy give") {
    const Json all = golden();
    Samples samples;
    samples.values = flat(all["rows"]);
    samples.width = all["rows"][0].size();
    samples.train(all["training"].get<std::size_t>());
    std::vector<std::string> seen;
    for (const Json& item : all["cases"]) {
        INFO(item["type"], " ", item["parameters"]);
        samples.fields = {{"x", item["shape"].get<std::vector<std::int64_t>>()}};
        const InputPipeline pipeline = fitted(samples, {{{"type", item["type"]}, {"parameters", item["parameters"]}}});
        CHECK(pipeline.inputCount() == item["outputs"][0].size());
        CHECK(largestDifference(prepared(pipeline, samples), flat(item["outputs"])) < 2e-5);
        seen.push_back(item["type"].get<std::string>());
    }
    for (const std::string& id : preprocessing().ids()) CHECK_MESSAGE(std::ranges::count(seen, id), id);
}

TEST_CASE("every step learns from the training part only") {
    Samples samples = forEvery();
    for (const std::string& id : preprocessing().ids()) {
        INFO(id);
        const InputPipeline before = fitted(samples, {id});
        Samples changed = samples;
        for (std::size_t i = changed.training.size() * changed.width; i < changed.values.size(); ++i)
            changed.values[i] = 1000 - 3 * changed.values[i];
        CHECK(prepared(fitted(changed, {id}), samples) == prepared(before, samples));
    }
    Samples changed = samples;
    changed.values[0] += 1;
    for (const char* id : {"standardize", "mean_image", "channel_standardize", "pca", "pca_whitening", "zca_whitening"})
        CHECK_MESSAGE(prepared(fitted(changed, {id}), samples) != prepared(fitted(samples, {id}), samples), id);
}

TEST_CASE("every step is stored and restored to the bit, alone and behind another") {
    const Samples samples = forEvery();
    for (const std::string& id : preprocessing().ids())
        for (const Json& steps : {Json{id}, Json{"min_max", id}, Json{id, "pca"}}) {
            INFO(steps);
            const InputPipeline pipeline = fitted(samples, steps);
            const InputPipeline again = restored(Json::parse(pipeline.toJson().dump()), pipeline.tensors());
            CHECK(again.toJson() == pipeline.toJson());
            CHECK(again.inputNames() == pipeline.inputNames());
            CHECK(again.fields() == pipeline.fields());
            CHECK(prepared(again, samples) == prepared(pipeline, samples));
            CHECK(undone(again, prepared(pipeline, samples)) == undone(pipeline, prepared(pipeline, samples)));
        }
}

TEST_CASE("what a step makes of a row does not depend on the rows beside it") {
    const Samples samples = forEvery();
    for (const std::string& id : preprocessing().ids()) {
        INFO(id);
        const InputPipeline pipeline = fitted(samples, {"standardize", id});
        std::vector<float> single, all = prepared(pipeline, samples);
        for (std::size_t row = 0; row < samples.count(); ++row) {
            const auto one = pipeline.apply(std::span(samples.values).subspan(row * samples.width, samples.width), 1);
            single.insert(single.end(), one.begin(), one.end());
        }
        CHECK(single == all);
    }
}

TEST_CASE("a step that keeps the width may work in place") {
    const Samples samples = forEvery();
    for (const std::string& id : preprocessing().ids()) {
        INFO(id);
        const InputPipeline pipeline = fitted(samples, {id});
        if (pipeline.inputCount() != samples.width) continue;
        const Preprocessor& step = *pipeline.steps()[0].fitted;
        std::vector<float> values = samples.values;
        const Rows rows{values.data(), samples.count(), samples.width};
        step.apply(rows, rows);
        CHECK(values == prepared(pipeline, samples));
        step.undo(rows, rows);
        CHECK(values == undone(pipeline, prepared(pipeline, samples)));
    }
}

TEST_CASE("undoing gives the values back where nothing was lost") {
    const Samples samples = forEvery();
    for (const std::string& id : preprocessing().ids()) {
        INFO(id);
        Json step{{"type", id}, {"parameters", Json::object()}};
        if (id == "pca") step["parameters"]["variance"] = 1;
        if (id == "clip") step["parameters"] = {{"low", -1000}, {"high", 1000}};
        const InputPipeline pipeline = fitted(samples, {step, "standardize"});
        CHECK(largestDifference(undone(pipeline, prepared(pipeline, samples)), samples.values) < 1e-5);
    }
}

TEST_CASE("undoing what lost something gives the nearest") {
    const Samples samples = randomSamples(60, {5});
    const InputPipeline pipeline = fitted(samples, {{{"type", "pca"}, {"parameters", {{"components", 2}}}}});
    const std::vector<float> scores = prepared(pipeline, samples), back = undone(pipeline, scores);
    CHECK(largestDifference(back, samples.values) > 0.1);
    CHECK(largestDifference(pipeline.apply(back, samples.count()), scores) < 1e-4);
    const InputPipeline clip = fitted(samples, {"clip"});
    CHECK(undone(clip, prepared(clip, samples)) == prepared(clip, samples));
}

namespace {

void expectRefused(const Json& json, const tensor::NamedTensors& tensors) {
    CHECK_THROWS_AS(restored(json, tensors), base::Error);
}

// Everywhere in `place`, which is inside `json`, what is no finite number in place of one, and lists of other lengths.
void damage(Json& json, Json& place, const tensor::NamedTensors& tensors, int depth) {
    const Json good = place;
    INFO(json["preprocessing"]);
    for (const Json& bad : {Json("text"), Json(), Json(std::numeric_limits<double>::quiet_NaN()), Json(true),
                            Json(std::numeric_limits<double>::infinity()), Json{{"a", 1}}}) {
        place = bad;
        expectRefused(json, tensors);
    }
    place = good;
    if (good.is_array() && depth == 1) {
        place.push_back(good[0]);
        expectRefused(json, tensors);
        place = Json::array();
        expectRefused(json, tensors);
        place = good;
    }
    for (std::size_t i = 0; good.is_array() && i < good.size(); ++i) damage(json, place[i], tensors, depth + 1);
    if (good.is_object())
        for (const auto& [key, value] : good.items()) {
            damage(json, place[key], tensors, depth + 1);
            place.erase(key);
            expectRefused(json, tensors);
            place = good;
        }
}

void damageTensors(const Json& json, const tensor::NamedTensors& good) {
    for (std::size_t i = 0; i < good.size(); ++i) {
        tensor::NamedTensors bad = good;
        bad.erase(bad.begin() + static_cast<std::ptrdiff_t>(i));
        expectRefused(json, bad);
        bad = good;
        bad[i].values.set(1, std::numeric_limits<double>::quiet_NaN());
        expectRefused(json, bad);
        const std::int64_t size = good[i].values.size();
        for (const tensor::Shape& shape : {tensor::Shape{size}, {1, size}, {size, 1}, {size, 0}, {-1, -size}}) {
            bad = good;
            bad[i].shape = shape;
            expectRefused(json, bad);
        }
        bad = good;
        bad[i].values = tensor::Buffer(size, tensor::Precision::Float64);
        expectRefused(json, bad);
    }
}

}  // namespace

TEST_CASE("damage in what was fitted is refused, whatever the step") {
    const Samples samples = forEvery();
    for (const std::string& id : preprocessing().ids()) {
        const InputPipeline pipeline = fitted(samples, {id});
        Json json = pipeline.toJson();
        damage(json, json["preprocessing"][0]["fitted"], pipeline.tensors(), 0);
        damageTensors(json, pipeline.tensors());
        CHECK(restored(json, pipeline.tensors()).toJson() == pipeline.toJson());
    }
}

TEST_CASE("values that a step could not have are refused") {
    const Samples samples = forEvery();
    const auto broken = [&](const char* id, const char* pointer, const Json& value) {
        const InputPipeline pipeline = fitted(samples, {id});
        Json json = pipeline.toJson();
        json["preprocessing"][0]["fitted"][Json::json_pointer(pointer)] = value;
        expectRefused(json, pipeline.tensors());
    };
    broken("standardize", "/scale/1", 0);
    broken("channel_standardize", "/scale/1", 0);
    broken("mean_image", "/scale/0", 0);
    broken("clip", "/low", 3);
    broken("one_hot", "/categories/2/0", 1);
    broken("log", "/more", 1);
    for (const Json& side : {Json(0), Json(-1), Json(1.5), Json(1 << 20)}) broken("resize", "/height", side);
    Json json = fitted(samples, {"standardize"}).toJson();
    json["fields"][0]["name"] = "y";
    expectRefused(json, {});
}

TEST_CASE("a model from before steps could change the width is restored") {
    const Json old = Json::parse(R"({"columns": ["a", "b"], "positions": [0, 1], "source_columns": 2, "fill": [],
        "features": ["b", "a"], "shape": [2], "preprocessing": [
            {"type": "standardize", "fitted": {"shift": [1.0, 2.0], "scale": [2.0, 4.0]}},
            {"type": "min_max", "fitted": {"shift": [0.5, 0.5], "scale": [0.5, 0.25]}}]})");
    const InputPipeline pipeline = InputPipeline::fromJson(old, "model");
    CHECK(pipeline.inputNames() == std::vector<std::string>{"b", "a"});
    CHECK(pipeline.apply(std::vector<float>{6, 3}, 1) == std::vector<float>{1, 2});
}

TEST_CASE("names and shapes follow the steps") {
    Samples samples = forEvery();
    const InputPipeline pca = fitted(samples, {{{"type", "pca"}, {"parameters", {{"components", 2}}}}});
    CHECK(pca.inputNames() == std::vector<std::string>{"pc1", "pc2"});
    CHECK(pca.inputShape() == std::vector<std::int64_t>{2});
    CHECK(pca.featureNames().size() == 6);
    CHECK(pca.featureFields()[0].shape == std::vector<std::int64_t>{2, 1, 3});
    CHECK(fitted(samples, {"zca_whitening"}).inputShape() == std::vector<std::int64_t>{2, 1, 3});
    const InputPipeline oneHot = fitted(samples, {"one_hot"});
    CHECK(oneHot.inputNames() ==
          std::vector<std::string>{"c0", "c1", "c2=0", "c2=1", "c2=2", "c2=3", "c3", "c4", "c5"});
    CHECK(oneHot.inputShape() == std::vector<std::int64_t>{9});
    const InputPipeline both = fitted(samples, {"one_hot", {{"type", "pca"}, {"parameters", {{"components", 3}}}}});
    CHECK(both.steps()[1].in.names == oneHot.inputNames());
    CHECK(both.inputCount() == 3);
}

TEST_CASE("fields beside x pass through, whatever becomes of x") {
    Samples samples = randomSamples(30, {6});
    samples.fields = {{"a", {1}}, {"x", {3}}, {"b", {1, 2}}};
    const InputPipeline pipeline =
        fitted(samples, {"standardize", {{"type", "pca"}, {"parameters", {{"components", 2}}}}, "clip"});
    CHECK(pipeline.inputNames() == std::vector<std::string>{"c0", "pc1", "pc2", "c4", "c5"});
    CHECK(pipeline.fields() == std::vector<Field>{{"a", {1}}, {"x", {2}}, {"b", {1, 2}}});
    const std::vector<float> inputs = prepared(pipeline, samples);
    const std::vector<float> back = undone(pipeline, inputs);
    for (std::size_t row = 0; row < samples.count(); ++row)
        for (const auto& [from, to] : {std::pair{0, 0}, {4, 3}, {5, 4}}) {
            CHECK(inputs[row * 5 + static_cast<std::size_t>(to)] ==
                  samples.values[row * 6 + static_cast<std::size_t>(from)]);
            CHECK(back[row * 6 + static_cast<std::size_t>(from)] ==
                  samples.values[row * 6 + static_cast<std::size_t>(from)]);
        }
    std::vector<float> alone(inputs.size());
    pipeline.prepare(samples.values, samples.count(), alone);
    CHECK(alone == inputs);
    samples.fields = {{"a", {6}}};
    CHECK(fitted(samples, {"standardize"}).steps().empty());
}

TEST_CASE("steps work behind features and filled values") {
    base::Problems problems;
    InputPipeline pipeline = InputPipeline::make({{"a", "b"}}, {{"", "a*b"}, {"b", ""}}, problems).value();
    pipeline.setFill({2, 3});
    const float none = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> raw{1, 1, none, 5, 3, none};
    const std::vector<std::uint32_t> training{0, 1, 2};
    const auto read = [&](std::size_t row, float* into) { std::copy_n(&raw[2 * row], 2, into); };
    REQUIRE(pipeline.fit({{"min_max"}}, read, training, problems));
    CHECK(pipeline.apply(raw, 3) == std::vector<float>{0, 0, 1, 1, 8.0f / 9, 0.5});
    CHECK(undone(pipeline, pipeline.apply(raw, 3)) == std::vector<float>{1, 1, 10, 5, 9, 3});
    REQUIRE(pipeline.fit({}, read, training, problems));
    CHECK(pipeline.apply(raw, 3) == std::vector<float>{1, 1, 10, 5, 9, 3});
}

TEST_CASE("columns as they stand are copied, others are not") {
    base::Problems problems;
    const std::vector<float> raw{1, 2, 3, 4};
    CHECK(InputPipeline::make({{"a", "b"}}, {}, problems)->apply(raw, 2) == raw);
    CHECK(InputPipeline::make({{"a", "b"}}, {{"a", ""}, {"b", ""}}, problems)->apply(raw, 2) == raw);
    CHECK(InputPipeline::make({{"a", "b"}}, {{"b", ""}, {"a", ""}}, problems)->apply(raw, 2) ==
          std::vector<float>{2, 1, 4, 3});
    CHECK(InputPipeline::make({{"a", "b"}}, {{"a", ""}}, problems)->apply(raw, 2) == std::vector<float>{1, 3});
}

TEST_CASE("constant columns, a single row and a single column give finite values") {
    Samples constant = randomSamples(20, {3});
    for (std::size_t row = 0; row < 20; ++row) constant.values[3 * row + 1] = 1000.1f;
    Samples still = constant;
    still.values.assign(still.values.size(), 1000.1f);
    Samples single = randomSamples(5, {3});
    single.train(1);
    for (Samples samples : {constant, still, single, randomSamples(20, {1})})
        for (const std::string& id : preprocessing().ids()) {
            INFO(id);
            samples.fields[0].shape = {static_cast<std::int64_t>(samples.width)};
            if (id == "resize") samples.fields[0].shape = {1, 1, static_cast<std::int64_t>(samples.width)};
            const bool whitens = preprocessing().find(id)->parameter("epsilon") != nullptr;
            Json step{{"type", id}, {"parameters", Json::object()}};
            if (whitens) step["parameters"]["epsilon"] = 0;
            const InputPipeline pipeline = fitted(samples, Json::array({step}));
            const std::vector<float> inputs = prepared(pipeline, samples);
            CHECK(std::ranges::all_of(inputs, [](float x) { return std::abs(x) < 1e4f; }));
            CHECK(std::ranges::all_of(undone(pipeline, inputs), [](float x) { return std::isfinite(x); }));
        }
    CHECK(fitted(still, {"pca_whitening"}).inputCount() == 1);
    CHECK(fitted(constant, {"pca_whitening"}).inputCount() == 2);
}

TEST_CASE("a missing value stays missing") {
    Samples samples = forEvery();
    for (const std::string& id : preprocessing().ids()) {
        const InputPipeline pipeline = fitted(samples, {id});
        std::vector<float> row(samples.width, std::numeric_limits<float>::quiet_NaN());
        CHECK_MESSAGE(std::ranges::all_of(pipeline.apply(row, 1), [](float x) { return std::isnan(x); }), id);
    }
}

TEST_CASE("one_hot takes what was named, or columns with few whole numbers") {
    Samples samples = randomSamples(12, {4});
    const std::vector<std::vector<float>> columns{
        {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, {3, -1, 2, 3, -1, 2, 3, -1, 2, 7, 7, 7}, {0.5f, 1.5f, 0.5f, 1, 1, 1, 1}};
    for (std::size_t column = 0; column < columns.size(); ++column)
        for (std::size_t row = 0; row < columns[column].size(); ++row)
            samples.values[row * 4 + column] = columns[column][row];
    samples.train(7);
    const auto named = [](const char* names) {
        return Json{{{"type", "one_hot"}, {"parameters", {{"columns", names}, {"limit", 3}}}}};
    };
    const InputPipeline found = fitted(samples, {"one_hot"});
    CHECK(found.inputNames() == std::vector<std::string>{"c0", "c1=-1", "c1=2", "c1=3", "c2", "c3"});
    const std::vector<float> inputs = prepared(found, samples);
    CHECK(std::vector(inputs.begin(), inputs.begin() + 4) == std::vector<float>{0, 0, 0, 1});
    CHECK(std::vector(inputs.end() - 6, inputs.end() - 2) == std::vector<float>{1, 0, 0, 0});
    CHECK(fitted(samples, named(" c2,c0 ")).inputNames() ==
          std::vector<std::string>{"c0=0", "c0=1", "c1", "c2=0.5", "c2=1", "c2=1.5", "c3"});
    CHECK(refusal(samples, named("c1, c9")).sentence == "There is no column called \"c9\".");
    CHECK(refusal(samples, named("c3")).sentence == "\"c3\" has more than 3 different values.");
    CHECK(refusal(samples, named("c3")).where == "data.preprocessing[0].columns");
    InputPipeline pipeline = unfitted(samples);
    base::Problems problems;
    samples.train(2);
    CHECK(fit(pipeline, samples, {"one_hot"}, problems));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].severity == base::Severity::Warning);
    CHECK(pipeline.inputCount() == 4);
}

TEST_CASE("what cannot be fitted is told with place and remedy") {
    Samples wide;
    wide.width = 4097;
    wide.values.resize(2 * wide.width);
    wide.fields = {{"x", {4097}}};
    wide.train(2);
    for (const char* id : {"pca", "pca_whitening", "zca_whitening"}) {
        const base::Problem problem = refusal(wide, {"mean_image", id});
        CHECK(problem.where == "data.preprocessing[1]");
        CHECK(problem.sentence.find("4097") != problem.sentence.npos);
        CHECK_FALSE(problem.fix.empty());
    }
    for (const char* id : {"clip", "min_max"}) {
        const Json upsideDown{{{"type", id}, {"parameters", {{"low", 1}, {"high", 1}}}}};
        CHECK(refusal(wide, upsideDown).where == "data.preprocessing[0].low");
    }
}

TEST_CASE("the rows for a covariance are chosen evenly") {
    std::vector<std::uint32_t> rows(10);
    std::iota(rows.begin(), rows.end(), 5u);
    std::vector<float> seen;
    const TrainingRows all(rows, 1, [](std::span<const std::uint32_t> chosen, float* into) {
        for (const std::uint32_t row : chosen) *into++ = static_cast<float>(row);
    });
    all.thinned(4).each([&](const float* row) { seen.push_back(*row); }, {});
    CHECK(seen == std::vector<float>{5, 7, 10, 12});
    CHECK(all.thinned(10).count() == 10);
}

TEST_CASE("what is fitted tells how far it is, and can be called off") {
    const Samples samples = forEvery();
    for (const std::string& id : preprocessing().ids()) {
        INFO(id);
        std::vector<double> shares;
        const auto told = [&](double share) { return shares.push_back(share), true; };
        base::Problems problems;
        InputPipeline pipeline = unfitted(samples);
        REQUIRE(fit(pipeline, samples, {"standardize", id, "min_max"}, problems, told));
        CHECK(std::ranges::is_sorted(shares));
        CHECK(shares.front() > 0);
        CHECK(shares.back() == 1);
        for (const double end : shares) {
            InputPipeline stopped = unfitted(samples);
            const auto until = [&](double share) { return share < end; };
            CHECK_THROWS_AS(fit(stopped, samples, {"standardize", id, "min_max"}, problems, until), base::Cancelled);
        }
    }
}
