// Series to forecast are learned better than by repeating the last value.

#include <doctest/doctest.h>

#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

Json project(const Json& parameters, const char* mode) {
    Json json = planeProject(
        "series", {12},
        {{"optimizer", {{"type", "adam"}, {"parameters", {{"learning_rate", 0.01}}}}}, {"batch_size", 32}});
    json["data"]["parameters"] = parameters;
    json["data"]["split"] = {{"mode", mode}, {"train", 0.7}, {"test", 0.3}};
    Json& nodes = json["network"]["nodes"];
    nodes[1]["inputs"] = {"flat"};
    nodes.insert(nodes.begin() + 1, Json{{"id", "flat"}, {"type", "flatten"}, {"inputs", {"in"}}});
    nodes.back()["parameters"]["activation"] = "linear";
    return json;
}

// The mean squared error on the test part of saying the last value again.
double naiveError(const data::Dataset& set) {
    double sum = 0;
    std::vector<float> scratch;
    for (const std::uint32_t row : set.parts.test) {
        const double distance = static_cast<double>(set.rawRow(row, scratch).back() - set.targets[row]);
        sum += distance * distance / static_cast<double>(set.parts.test.size());
    }
    return sum;
}

}  // namespace

TEST_CASE("a small network forecasts every process better than its last value") {
    for (const char* process : {"sines", "autoregression", "logistic_map", "mackey_glass"})
        for (const char* mode : {"random", "ordered"}) {
            CAPTURE(process);
            CAPTURE(mode);
            Trainer trainer = makeTrainer(project({{"process", process},
                                                   {"samples", 1200},
                                                   {"horizon", 3},
                                                   {"length", 12},
                                                   {"noise", 0.02},
                                                   {"stride", std::string(mode) == "ordered" ? 1 : 0}},
                                                  mode));
            trainSteps(trainer, 2500);
            const double error = trainer.evaluate(trainer.dataset().parts.test).loss,
                         naive = naiveError(trainer.dataset());
            CHECK(error < 0.7 * naive);
        }
}

TEST_CASE("an ordered split puts what is predicted in the test behind all that trains") {
    const RunSpec spec = runSpec(project({{"samples", 200}, {"stride", 1}, {"trend", 10}}, "ordered"));
    const auto set = loadData(spec);
    REQUIRE(set->parts.train.size() == 140);
    CHECK(set->parts.train.back() < set->parts.test.front());
}
