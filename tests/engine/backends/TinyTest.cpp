#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "tests/engine/backends/Matrix.h"
#include "tests/engine/backends/TinyReference.h"

using namespace perceptory;
using tests::TinyCase;
using tests::TinyProblem;

namespace {

// Padded blocks of all seven batches, one behind the other.
std::vector<float> pack(const TinyProblem& problem, int blocks) {
    const int batch = problem.what.batch;
    std::vector<float> data;
    for (int b = 0; b < 7; ++b)
        for (int block = 0; block < blocks; ++block) {
            double total = 0;
            for (int s = 0; s < batch; ++s) total += problem.sampleWeights[std::size_t(b * batch + s)];
            const auto row = [&](auto value) {
                for (int lane = 0; lane < backends::tinyLanes; ++lane) {
                    const int s = block * backends::tinyLanes + lane;
                    data.push_back(s < batch ? static_cast<float>(value(std::size_t(b * batch + s))) : 0);
                }
            };
            for (int i = 0; i < problem.what.widths[0]; ++i)
                row([&](std::size_t s) { return problem.inputs[s][std::size_t(i)]; });
            for (int i = 0; i < problem.targets; ++i)
                row([&](std::size_t s) { return problem.wanted[s][std::size_t(i)]; });
            row([&](std::size_t s) { return problem.sampleWeights[s] / total; });
        }
    return data;
}

struct Trained {
    std::vector<float> weights;
    std::vector<double> losses;
};

backends::TinyNet netOf(const TinyProblem& problem, const backends::KernelTable& table) {
    backends::TinyNet net;
    net.layers = problem.layers.data();
    net.layerCount = static_cast<int>(problem.layers.size());
    net.units = problem.units;
    net.parameters = problem.parameters;
    net.loss = tests::indexOf(table.losses, table.lossCount, problem.what.loss);
    return net;
}

Trained train(const backends::KernelTable& table, const TinyProblem& problem) {
    const TinyCase& what = problem.what;
    const backends::TinyNet net = netOf(problem, table);
    const int blocks = (what.batch + backends::tinyLanes - 1) / backends::tinyLanes;
    const std::vector<float> data = pack(problem, blocks);
    Trained result{{problem.weights.begin(), problem.weights.end()}, std::vector<double>(std::size_t(what.steps))};
    std::vector<float> gradients(result.weights.size()), slots[backends::mostSlots];
    for (auto& slot : slots) slot.assign(result.weights.size(), 0);
    std::vector<float> scratch(std::size_t(table.tiny->scratchFloats(net, blocks)));
    table.tiny->prepare(net, blocks, scratch.data());
    const auto& type = optimizers::shelf().get(what.optimizer, "test");
    const base::ParamValues values(type.parameters, what.parameters);
    std::vector<double> numbers;
    for (int step = 1; step <= what.steps; ++step) {
        const auto n = type.numbers(values, values.number("learning_rate"), std::uint64_t(step));
        numbers.insert(numbers.end(), n.begin(), n.end());
    }
    const backends::TinyLayer& first = problem.layers[0];
    backends::TinyPenalty penalty{tests::indexOf(table.penalties, table.penaltyCount, "elastic_net"), first.weights,
                                  first.inputs * first.outputs, what.l1, what.l2};
    backends::TinyRun run;
    run.net = &net;
    run.weights = result.weights.data();
    run.gradients = gradients.data();
    for (int k = 0; k < type.slotCount; ++k) run.states[k] = slots[k].data();
    run.update = tests::indexOf(table.updates, table.updateCount, what.optimizer);
    run.penalties = &penalty;
    run.penaltyCount = what.l1 != 0 || what.l2 != 0 ? 1 : 0;
    run.blocks = blocks;
    run.scratch = scratch.data();
    for (int done = 0; done < what.steps; done += 7) {
        run.steps = std::min(7, what.steps - done);
        run.data = data.data();
        run.numbers = numbers.data() + 8 * done;
        run.losses = result.losses.data() + done;
        table.tiny->train(run);
    }
    return result;
}

const base::Json fast{{"learning_rate", 0.05}};

const TinyCase cases[] = {
    {.name = "playground", .widths = {2, 4, 2, 1}, .parameters = {{"learning_rate", 0.1}}},
    {.name = "odd widths", .widths = {2, 13, 7, 1}},
    {.name = "full block", .widths = {3, 8, 1}, .batch = 16},
    {.name = "padded second block", .widths = {2, 5, 3}, .batch = 30},
    {.name = "one layer, no bias", .widths = {5, 2}, .lastActivation = "linear", .bias = false},
    {.name = "weighted samples", .widths = {2, 6, 2}, .batch = 21, .weighted = true},
    {.name = "softmax",
     .widths = {2, 9, 3},
     .activation = "swish",
     .lastActivation = "linear",
     .loss = "softmax_cross_entropy",
     .parameters = fast},
    {.name = "sigmoid cross-entropy",
     .widths = {2, 6, 1},
     .activation = "elu",
     .lastActivation = "linear",
     .loss = "sigmoid_cross_entropy"},
    {.name = "penalties", .widths = {2, 7, 1}, .l1 = 0.003, .l2 = 0.02},
    {.name = "penalties, two blocks", .widths = {2, 7, 1}, .optimizer = "momentum", .batch = 20, .l2 = 0.02},
    {.name = "momentum", .widths = {2, 5, 1}, .optimizer = "momentum", .parameters = {{"weight_decay", 0.01}}},
    {.name = "nesterov", .widths = {2, 5, 1}, .optimizer = "nesterov"},
    {.name = "rmsprop",
     .widths = {2, 5, 1},
     .optimizer = "rmsprop",
     .parameters = {{"learning_rate", 0.001}, {"momentum", 0.5}}},
    {.name = "adam", .widths = {2, 5, 1}, .optimizer = "adam"},
    {.name = "amsgrad", .widths = {2, 5, 1}, .optimizer = "amsgrad"},
    {.name = "adamw", .widths = {2, 5, 4, 1}, .optimizer = "adamw", .batch = 16},
};

}  // namespace

TEST_CASE("a tiny network trains as the plain loop in double does") {
    for (const TinyCase& what : cases) {
        TinyProblem problem(what);
        std::vector<Trained> results;
        for (const backends::KernelTable* table : tests::floatTables()) results.push_back(train(*table, problem));
        const std::vector<double> losses = tests::TinyReference(problem).train();
        for (const Trained& result : results) {
            CAPTURE(what.name);
            double worst = 0;
            for (std::size_t i = 0; i < result.weights.size(); ++i)
                worst = std::max(worst, std::abs(double(result.weights[i]) - problem.weights[i]));
            CHECK(worst <= 1e-5);
            double worstLoss = 0;
            for (std::size_t i = 0; i < losses.size(); ++i)
                worstLoss = std::max(worstLoss, std::abs(result.losses[i] - losses[i]));
            CHECK(worstLoss <= 1e-5);
        }
        const double first = std::accumulate(losses.begin(), losses.begin() + 7, 0.0);
        CHECK(std::accumulate(losses.end() - 7, losses.end(), 0.0) < first);
    }
}

TEST_CASE("every activation works inside a tiny network") {
    for (const auto* type : activations::shelf().members()) {
        const TinyCase what{
            .name = type->id, .widths = {2, 6, 1}, .activation = type->id, .lastActivation = "linear", .steps = 100};
        TinyProblem problem(what);
        std::vector<Trained> results;
        for (const backends::KernelTable* table : tests::floatTables()) results.push_back(train(*table, problem));
        tests::TinyReference(problem).train();
        for (const Trained& result : results) {
            CAPTURE(what.name);
            for (std::size_t i = 0; i < result.weights.size(); ++i)
                CHECK(std::abs(double(result.weights[i]) - problem.weights[i]) <= 1e-5);
        }
    }
}

TEST_CASE("the forward pass of many samples gives every unit") {
    const TinyCase what{.name = "grid", .widths = {2, 13, 7, 3}};
    const TinyProblem problem(what);
    const std::int64_t samples = 1001, stride = 1024;
    auto inputs = tests::Matrix<float>::random(2, stride);
    for (const backends::KernelTable* table : tests::floatTables()) {
        CAPTURE(std::string(table->isa));
        const backends::TinyNet net = netOf(problem, *table);
        const std::vector<float> weights(problem.weights.begin(), problem.weights.end());
        tests::Matrix<float> outputs(problem.units - 2, stride);
        backends::TinyForward job;
        job.net = &net;
        job.weights = weights.data();
        job.inputs = static_cast<float*>(inputs.view().data);
        job.outputs = static_cast<float*>(outputs.view().data);
        job.samples = samples;
        job.stride = stride;
        table->tiny->forward(job);
        for (std::int64_t s = 0; s < samples; ++s) {
            std::vector<double> a{inputs(0, s), inputs(1, s)};
            for (const backends::TinyLayer& layer : problem.layers)
                for (int o = 0; o < layer.outputs; ++o) {
                    double z = problem.weights[std::size_t(layer.bias + o)];
                    for (int i = 0; i < layer.inputs; ++i)
                        z += a[std::size_t(layer.firstInput + i)] *
                             problem.weights[std::size_t(layer.weights + i * layer.outputs + o)];
                    a.push_back(std::tanh(z));
                }
            for (int u = 2; u < problem.units; ++u) CHECK(std::abs(outputs(u - 2, s) - a[std::size_t(u)]) <= 2e-6);
        }
    }
}
