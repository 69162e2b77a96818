// Rates, weights and batches beyond all reason: no crash, no endless run, and where it went wrong can be found.

#include <doctest/doctest.h>

#include <cmath>

#include "engine/optimizers/Optimizer.h"
#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

constexpr int steps = 30;

// Over points of the plane: a dense net, an image of one channel with batch normalization, a sequence.
std::vector<Json> projects() {
    const auto with = [](const char* nodes) {
        Json project = planeProject("circle", {});
        Json all = Json::parse(nodes);
        all.insert(all.begin(), Json{{"id", "in"}, {"type", "input"}});
        project["network"]["nodes"] = all;
        project["data"]["features"] = {"x1", "x2", "x1_squared", "x2_squared"};
        project["training"]["loss"] = "sigmoid_cross_entropy";
        return project;
    };
    return {planeProject("circle", {4, 2}), with(R"([
        {"id": "r", "type": "reshape", "inputs": ["in"], "parameters": {"shape": "2x2x1"}},
        {"id": "c", "type": "conv2d", "inputs": ["r"], "parameters": {"filters": 3, "padding": "same"}},
        {"id": "bn", "type": "batch_norm", "inputs": ["c"]},
        {"id": "p", "type": "max_pool", "inputs": ["bn"]},
        {"id": "f", "type": "flatten", "inputs": ["p"]},
        {"id": "out", "type": "dense", "inputs": ["f"], "parameters": {"units": 1}}])"),
            with(R"([
        {"id": "r", "type": "reshape", "inputs": ["in"], "parameters": {"shape": "4x1"}},
        {"id": "l", "type": "lstm", "inputs": ["r"], "parameters": {"units": 3}},
        {"id": "out", "type": "dense", "inputs": ["l"], "parameters": {"units": 1}}])")};
}

bool sound(const Trainer& trainer, const std::vector<double>& losses, int done) {
    for (int i = 0; i < done; ++i)
        if (!std::isfinite(losses[static_cast<std::size_t>(i)])) return false;
    return trainer.finite();
}

// Trains until numbers burst or the steps are done, measures, and finds what burst.
void survive(Trainer& trainer) {
    const RestorePoint start = trainer.save();
    std::vector<double> losses(steps);
    bool good = trainer.finite();
    for (int done = 0; done < steps && good;) {
        const int now = trainer.runSteps(steps - done, losses.data());
        good = sound(trainer, losses, now);
        done += now;
    }
    trainer.evaluate(trainer.dataset().parts.test);
    trainer.forward().outputs(trainer.dataset().inputs, static_cast<std::int64_t>(trainer.dataset().count));
    if (good) return;
    const Divergence found = trainer.locate(start);
    CHECK(!found.node.empty());
    CHECK(!found.sentence.empty());
}

}  // namespace

TEST_CASE("extreme rates end in a divergence that is found, for every optimizer") {
    for (Json project : projects())
        for (const optimizers::OptimizerType* optimizer : optimizers::shelf().members())
            for (const double rate : {1e3, 1e30, 1e-38}) {
                CAPTURE(project["network"].dump());
                CAPTURE(optimizer->id);
                CAPTURE(rate);
                const base::ParamType* type = optimizer->parameter("learning_rate");
                const double most = type ? type->maximum : rate;
                project["training"]["optimizer"] = {{"type", optimizer->id},
                                                    {"parameters", {{"learning_rate", std::min(rate, most)}}}};
                project["training"]["batch_size"] = optimizer->solver ? 100 : 10;
                Trainer trainer = makeTrainer(project);
                survive(trainer);
            }
}

TEST_CASE("weights of 1e30 and beyond all numbers end in a divergence that is found") {
    for (Json project : projects())
        for (const float weight : {1e30f, -1e30f, 3e38f})
            for (const char* optimizer : {"sgd", "adam"}) {
                CAPTURE(project["network"].dump());
                CAPTURE(weight);
                project["training"]["optimizer"] = optimizer;
                Trainer trainer = makeTrainer(project);
                std::ranges::fill(trainer.weights().floats(), weight);
                survive(trainer);
            }
}

TEST_CASE("batches of one train with batch normalization, on running averages that stay as they are") {
    Json project = projects()[1];
    Json& nodes = project["network"]["nodes"];
    nodes[3]["inputs"] = {"f"};  // behind the flatten: one value of each channel
    nodes[4]["inputs"] = {"c"};
    nodes[6]["inputs"] = {"bn"};
    project["training"]["batch_size"] = 1;
    Trainer trainer = makeTrainer(project);
    const network::Parameter& mean = *trainer.network().parameter("bn.running_mean");
    const network::Parameter& variance = *trainer.network().parameter("bn.running_var");
    for (std::int64_t i = 0; i < mean.count; ++i) {
        trainer.weights().set(mean.offset + i, 0.25);
        trainer.weights().set(variance.offset + i, 3.1);
    }
    const double before = trainer.evaluate(trainer.dataset().parts.train).loss;
    const std::vector<float> first = weightsOf(trainer);
    trainSteps(trainer, 500);
    for (std::int64_t i = 0; i < mean.count; ++i) {
        CHECK(trainer.weights().get(mean.offset + i) == 0.25);
        CHECK(trainer.weights().get(variance.offset + i) == doctest::Approx(3.1));
    }
    CHECK(trainer.finite());
    // The layers before the normalization learn too.
    CHECK(weightsOf(trainer)[0] != first[0]);
    CHECK(trainer.evaluate(trainer.dataset().parts.train).loss < before);
}
