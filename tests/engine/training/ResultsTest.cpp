// What a network says against what is true: scikit-learn's numbers (tests/golden/results.py), and the worst samples.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>

#include "engine/backends/KernelLibrary.h"
#include "engine/training/probes/Probe.h"
#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

// A network that puts out what it is shown.
struct Mirror {
    data::Dataset dataset;
    OutputReading reading;
    network::Network network;
    tensor::Buffer weights;
    backends::cpu::ThreadPool pool{1};
    Forward forward{network, weights, {backends::kernels(), pool}};

    explicit Mirror(int width) : network(made(width)), weights(network.parameterCount()) {
        dataset.inputShape = {width};
        for (int i = 0; i < width; ++i) dataset.featureNames.push_back("x" + std::to_string(i));
        reading.outputs = width;
    }

    static network::Network made(int width) {
        base::Problems problems;
        const Json nodes{
            {{"id", "in"}, {"type", "input"}},
            {{"id", "out"}, {"type", "activation"}, {"inputs", {"in"}}, {"parameters", {{"activation", "linear"}}}}};
        const auto spec = network::NetworkSpec::fromJson({{"nodes", nodes}}, problems);
        return network::Network(network::checkNetwork(spec, tensor::Shape{width}));
    }

    void take(std::vector<float> inputs) {
        dataset.inputs = std::move(inputs);
        dataset.count = dataset.inputs.size() / dataset.features();
        dataset.parts.test.resize(dataset.count);
        std::iota(dataset.parts.test.begin(), dataset.parts.test.end(), 0u);
    }

    ProbeResult measure(const char* probe, const Json& settings = Json::object()) {
        ProbeCache cache;
        return training::measure({network, dataset, reading, forward, cache}, {probe, settings});
    }
};

Json golden() { return Json::parse(std::ifstream(PERCEPTORY_SOURCE_DIR "/tests/golden/results.json")); }

struct Classifier : Mirror {
    explicit Classifier(const Json& golden) : Mirror(3) {
        reading.classes = 3;
        reading.link = Link::Softmax;
        take(golden["logits"].get<std::vector<float>>());
        dataset.labels = golden["labels"].get<std::vector<std::int32_t>>();
        dataset.classNames = {"a", "b", "c"};
    }
};

// `columns` of every row of the result, against rows of as many.
void checkRows(const ProbeResult& found, const Json& expected, std::size_t columns) {
    REQUIRE(found.shape[0] == static_cast<std::int64_t>(expected.size()));
    const auto width = static_cast<std::size_t>(found.shape[1]);
    for (std::size_t row = 0; row < expected.size(); ++row)
        for (std::size_t column = 0; column < columns; ++column) {
            CAPTURE(row);
            CHECK(double{found.values[row * width + column]} ==
                  doctest::Approx(expected[row][column].get<double>()).epsilon(1e-5));
        }
}

}  // namespace

TEST_CASE("precision, recall and F1 of each class are scikit-learn's") {
    const Json expected = golden();
    Classifier mirror(expected);
    const ProbeResult report = mirror.measure("class_report");
    checkRows(report, expected["report"], 4);
    CHECK(report.facts["accuracy"].get<double>() == doctest::Approx(expected["accuracy"].get<double>()));
    CHECK(report.facts["macro_f1"].get<double>() == doctest::Approx(expected["macro_f1"].get<double>()));
    // A class that nobody says and nobody is.
    std::ranges::fill(mirror.dataset.labels, 0);
    CHECK(mirror.measure("class_report").values[2 * 4 + 1] == 0);
}

TEST_CASE("curves of each class, their areas and the average precision are scikit-learn's") {
    const Json expected = golden();
    Classifier mirror(expected);
    for (std::size_t k = 0; k < 3; ++k) {
        const Json& curves = expected["curves"][k];
        const ProbeResult roc = mirror.measure("roc", {{"class", k}});
        checkRows(roc, curves["roc"], 2);
        CHECK(roc.facts["auc"].get<double>() == doctest::Approx(curves["roc_auc"].get<double>()).epsilon(1e-9));
        const ProbeResult precision = mirror.measure("precision_recall", {{"class", k}});
        checkRows(precision, curves["pr"], 2);
        CHECK(precision.facts["auc"].get<double>() == doctest::Approx(curves["pr_auc"].get<double>()).epsilon(1e-9));
        CHECK(precision.facts["average_precision"].get<double>() ==
              doctest::Approx(curves["average_precision"].get<double>()).epsilon(1e-9));
    }
    CHECK_THROWS_WITH(mirror.measure("roc", {{"class", 3}}), doctest::Contains("no class 3"));
}

TEST_CASE("calibration is scikit-learn's, and its error that of Guo") {
    const Json expected = golden();
    Classifier mirror(expected);
    for (const auto& [which, test] : expected["calibration"].items()) {
        ProbeResult found = mirror.measure("calibration", {{"class", std::stoi(which)}, {"bins", 5}});
        CHECK(found.facts["ece"].get<double>() == doctest::Approx(test["ece"].get<double>()).epsilon(1e-6));
        for (std::size_t bin = 5; bin-- > 0;)  // scikit-learn leaves out empty ones
            if (found.values[bin * 3 + 2] == 0)
                found.values.erase(found.values.begin() + static_cast<std::ptrdiff_t>(bin * 3),
                                   found.values.begin() + static_cast<std::ptrdiff_t>(bin * 3 + 3));
        found.shape[0] = static_cast<std::int64_t>(found.values.size() / 3);
        checkRows(found, test["bins"], 3);
    }
}

TEST_CASE("residuals, their histogram and what they leave unexplained") {
    const Json numbers = golden()["numbers"];
    Mirror mirror(1);
    mirror.reading.task = data::Task::Regression;
    mirror.reading.answers = Answers::Numbers;
    mirror.take(numbers["predicted"].get<std::vector<float>>());
    mirror.dataset.targets = numbers["actual"].get<std::vector<float>>();
    mirror.dataset.targetNames = {"price"};
    const ProbeResult found = mirror.measure("residuals", {{"bins", 8}});
    CHECK(found.values[2] == mirror.dataset.targets[1]);
    CHECK(found.values[3] == mirror.dataset.inputs[1]);
    CHECK(found.facts["name"] == "price");
    CHECK(found.facts["bins"] == numbers["bins"]);
    for (const char* key : {"r2", "mean", "deviation"})
        CHECK(found.facts[key].get<double>() == doctest::Approx(numbers[key].get<double>()).epsilon(1e-5));
    CHECK_THROWS_AS(mirror.measure("roc"), base::Error);
}

TEST_CASE("the largest losses are those of the samples alone, the worst first") {
    Json project = planeProject("circle", {4}, {{"loss", "mean_squared_error"}});
    Trainer trainer = makeTrainer(project);
    trainSteps(trainer, 50);
    ProbeCache cache;
    const ProbeContext context{trainer.network(), trainer.dataset(), trainer.reading(), trainer.forward(), cache,
                               &trainer};
    const ProbeResult found = measure(context, {"top_losses", {{"part", "test"}, {"most", 7}}});
    REQUIRE(found.shape == std::vector<std::int64_t>{7, 4});
    std::vector<double> all;
    for (const std::uint32_t row : trainer.dataset().parts.test) all.push_back(trainer.evaluate({{row}}).loss);
    std::ranges::sort(all, std::greater());
    for (std::size_t i = 0; i < 7; ++i) {
        const auto row = static_cast<std::uint32_t>(found.values[i * 4]);
        CHECK(double{found.values[i * 4 + 1]} == doctest::Approx(all[i]).epsilon(1e-5));
        CHECK(trainer.evaluate({{row}}).loss == doctest::Approx(all[i]).epsilon(1e-5));
        CHECK(found.values[i * 4 + 2] == static_cast<float>(trainer.dataset().labels[row]));
        std::vector<float> scratch;
        const std::vector<float> output = trainer.forward().outputs(trainer.dataset().input(row, scratch), 1);
        CHECK(found.values[i * 4 + 3] == static_cast<float>(trainer.reading().classOf(output.data())));
    }
}
