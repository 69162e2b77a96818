// Which pixels a class rests on: PyTorch's values (tests/golden/saliency.py), and what must add up.

#include "engine/training/probes/Attribution.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>

#include "engine/backends/KernelLibrary.h"
#include "engine/network/TorchWeights.h"
#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

constexpr double tolerance = 1e-4;

// PyTorch's [N][C][pixels] as ours, [N][pixels][C].
std::vector<float> pixelsFirst(const Json& values, std::size_t channels, std::size_t pixels) {
    const auto theirs = values.get<std::vector<double>>();
    std::vector<float> ours(theirs.size());
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const std::size_t sample = i / (channels * pixels), channel = i / pixels % channels, pixel = i % pixels;
        ours[(sample * pixels + pixel) * channels + channel] = static_cast<float>(theirs[i]);
    }
    return ours;
}

struct Bench {
    Json golden;
    network::Network network = made();
    tensor::Buffer weights{network.parameterCount()};
    backends::cpu::ThreadPool pool{1};
    Forward forward{network, weights, {backends::kernels(), pool}};

    explicit Bench(const char* part = nullptr) : golden(read(part)) {
        tensor::NamedTensors tensors;
        for (const auto& [name, tensor] : golden["weights"].items()) {
            const auto values = tensor["values"].get<std::vector<double>>();
            tensor::Buffer buffer(std::ssize(values), tensor::Precision::Float64);
            for (std::size_t i = 0; i < values.size(); ++i) buffer.set(static_cast<std::int64_t>(i), values[i]);
            tensors.push_back({name, tensor["shape"].get<tensor::Shape>(), std::move(buffer)});
        }
        network::takeTorchWeights(tensors, network, "golden", weights);
    }

    static Json read(const char* part) {
        const Json all = Json::parse(std::ifstream(PERCEPTORY_SOURCE_DIR "/tests/golden/saliency.json"));
        return part ? all[part] : all;
    }

    network::Network made() const {
        base::Problems problems;
        const auto spec = network::NetworkSpec::fromJson({{"nodes", golden["nodes"]}}, problems);
        network::NetworkCheck check = network::checkNetwork(spec, tensor::Shape{6, 8, 2});
        REQUIRE(problems.empty());
        REQUIRE(check.problems.empty());
        return network::Network(check);
    }

    // Of the image as the only row of data with five classes.
    ProbeResult measure(const char* probe, Json settings) {
        data::Dataset dataset;
        dataset.count = 1;
        dataset.inputShape = {6, 8, 2};
        dataset.inputs = pixelsFirst(golden["image"], 2, 48);
        for (int i = 0; i < 96; ++i) dataset.featureNames.push_back("x" + std::to_string(i));
        OutputReading reading;
        reading.classes = reading.outputs = 5;
        ProbeCache cache;
        settings["row"] = 0;
        return training::measure({network, dataset, reading, forward, cache}, {probe, std::move(settings)});
    }

    Question question(const Json& test) const {
        return {.inputs = pixelsFirst(golden["image"], 2, 48),
                .node = "o",
                .unit = test["unit"].get<std::int64_t>(),
                .classIndex = test["unit"].get<int>(),
                .score = test["score"].get<float>()};
    }
};

void checkNear(const std::vector<float>& found, const std::vector<float>& expected) {
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) CHECK(std::abs(double(found[i]) - double(expected[i])) <= tolerance);
}

}  // namespace

TEST_CASE("gradients of a class by pixels and by an inner layer, their mean and their integral are PyTorch's") {
    Bench bench;
    for (const Json& test : bench.golden["cases"]) {
        CAPTURE(test["unit"].dump());
        const Question question = bench.question(test);
        CHECK(question.scoreOf(bench.forward, question.inputs) ==
              doctest::Approx(test["score"].get<double>()).epsilon(1e-5));
        checkNear(question.slopes(bench.forward, question.inputs, 1), pixelsFirst(test["gradient"], 2, 48));
        checkNear(integratedGradients(bench.forward, question, bench.golden["steps"].get<std::int64_t>()),
                  pixelsFirst(test["integrated"], 2, 48));
        checkNear(smoothGradient(bench.forward, question, pixelsFirst(bench.golden["noise"], 2, 48)),
                  pixelsFirst(test["smooth"], 2, 48));
        checkNear(bench.forward.slopes(question.inputs, 1, {.node = "o", .unit = question.unit, .by = "p1"}),
                  pixelsFirst(test["inner"], 3, 12));
        checkNear(bench.measure("grad_cam", {{"class", test["unit"]}, {"node", "p1"}}).values,
                  pixelsFirst(test["cam"], 1, 12));
    }
}

TEST_CASE("guided backpropagation and its product with Grad-CAM are PyTorch's with hooks") {
    Bench bench("guided");
    for (const Json& test : bench.golden["cases"]) {
        CAPTURE(test["unit"].dump());
        const auto measured = [&](const char* probe, Json settings) {
            settings["class"] = test["unit"];
            return bench.measure(probe, std::move(settings)).values;  // [C][pixels]
        };
        const auto expected = [&](const char* key) { return test[key].get<std::vector<float>>(); };
        checkNear(measured("guided_backprop", {}), expected("guided"));
        checkNear(measured("guided_grad_cam", {{"node", "p1"}}), expected("product"));
        CHECK(measured("saliency", {}) != measured("guided_backprop", {}));
    }
}

TEST_CASE("a covered square takes away what the score loses without it") {
    Bench bench;
    const ProbeResult result = bench.measure("occlusion", {{"class", 3}, {"size", 3}, {"step", 2}});
    CHECK(result.shape == std::vector<std::int64_t>{1, 1, 3, 4});
    const Question question = bench.question(bench.golden["cases"][1]);
    std::vector<float> inputs = question.inputs;
    const double sum = std::accumulate(inputs.begin(), inputs.end(), 0.0);
    for (const int y : {2, 3, 4})
        for (const int x : {6, 7})
            for (const int channel : {0, 1})
                inputs[static_cast<std::size_t>((y * 8 + x) * 2 + channel)] = static_cast<float>(sum / 96);
    const float without = question.scoreOf(bench.forward, inputs);
    CHECK(result.values[1 * 4 + 3] == doctest::Approx(question.score - without).epsilon(1e-4));
}

TEST_CASE("rows that are asked about together get what each gets alone") {
    Bench bench;
    const std::vector<float> rows = pixelsFirst(bench.golden["noise"], 2, 48);
    const std::vector<float> together = bench.forward.slopes(rows, 6, {.node = "o", .unit = 2});
    for (std::size_t row = 0; row < 6; ++row) {
        const std::vector<float> alone =
            bench.forward.slopes(std::span(rows).subspan(row * 96, 96), 1, {.node = "o", .unit = 2});
        checkNear(alone, {together.begin() + static_cast<std::ptrdiff_t>(row * 96),
                          together.begin() + static_cast<std::ptrdiff_t>(row * 96 + 96)});
    }
}

TEST_CASE("integrated gradients add up to the difference of the scores within a hundredth") {
    Json project = planeProject("circle", {});
    project["data"] = {{"source", "dataset"}, {"id", "digits"}, {"seed", "1"}};
    const Json convolution{{"filters", 6}, {"activation", "relu"}};
    project["network"]["nodes"] = {
        {{"id", "in"}, {"type", "input"}},
        {{"id", "c"}, {"type", "conv2d"}, {"inputs", {"in"}}, {"parameters", convolution}},
        {{"id", "f"}, {"type", "flatten"}, {"inputs", {"c"}}},
        {{"id", "o"}, {"type", "dense"}, {"inputs", {"f"}}, {"parameters", {{"units", 10}}}}};
    project["training"] = {{"loss", "softmax_cross_entropy"}, {"optimizer", "adam"}, {"batch_size", 32}, {"seed", "1"}};
    Trainer trainer = makeTrainer(project);
    trainSteps(trainer, 60);
    ProbeCache cache;
    const ProbeContext context{trainer.network(), trainer.dataset(), trainer.reading(), trainer.forward(), cache};
    for (int row = 0; row < 5; ++row)
        for (const int wanted : {-1, 4}) {
            const ProbeResult result =
                measure(context, {"integrated_gradients", {{"row", row}, {"class", wanted}, {"steps", 200}}});
            CHECK(result.shape == std::vector<std::int64_t>{1, 1, 8, 8});
            const double difference = result.facts["difference"];
            CHECK(result.facts["sum"].get<double>() == doctest::Approx(difference).epsilon(0.01).scale(0.1));
            CHECK(std::abs(difference) > 1e-3);
        }
}

TEST_CASE("a single output speaks for one of two classes and against the other") {
    Trainer trainer = makeTrainer(planeProject("circle", {4}));
    ProbeCache cache;
    const ProbeContext context{trainer.network(), trainer.dataset(), trainer.reading(), trainer.forward(), cache};
    const auto slopesFor = [&](int wanted) {
        return measure(context, {"saliency", {{"row", 3}, {"class", wanted}}}).values;
    };
    const std::vector<float> against = slopesFor(0), speaks = slopesFor(1);
    for (std::size_t i = 0; i < speaks.size(); ++i) CHECK(against[i] == -speaks[i]);
    CHECK(std::ranges::any_of(speaks, [](float slope) { return slope != 0; }));
    CHECK_THROWS_AS(slopesFor(2), base::Error);
    CHECK_THROWS_AS(measure(context, {"saliency", {{"row", 100000}}}), base::Error);
}
