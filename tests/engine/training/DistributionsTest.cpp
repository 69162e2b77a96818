// How numbers are spread in the layers: NumPy's values, what an update really does, and that looking changes nothing.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/training/probes/ActivationEnds.h"
#include "engine/training/probes/Probe.h"
#include "engine/training/probes/Spread.h"
#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

ProbeResult look(Trainer& trainer, const Json& settings) {
    ProbeCache cache;
    const ProbeContext context{trainer.network(), trainer.dataset(), trainer.reading(), trainer.forward(), cache,
                               &trainer};
    return measure(context, {"distributions", settings});
}

Json planeRun(const Json& optimizer) {
    Json project = planeProject("circle", {4, 3}, {{"optimizer", optimizer}, {"shuffle", false}, {"batch_size", 16}});
    project["network"]["nodes"][1]["parameters"]["regularizer"] = "l2";
    return project;
}

double sumOf(const std::vector<float>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

TEST_CASE("quantiles, moments and bins are NumPy's") {
    // numpy.quantile, mean, std, linalg.norm and histogram of the same numbers.
    const Spread spread = spreadOf({0.5f, -1, 2, 2, 0, 0.25f, -3, NAN, 1.5f, 0.75f, 4}, 7);
    const double quantiles[] = {-3, -2.1, 0.0625, 0.625, 1.875, 3.1, 4};
    for (std::size_t i = 0; i < 7; ++i) CHECK(spread.quantiles[i] == doctest::Approx(quantiles[i]).epsilon(1e-12));
    CHECK(spread.mean == doctest::Approx(0.7).epsilon(1e-12));
    CHECK(spread.deviation == doctest::Approx(1.7951323071016243).epsilon(1e-12));
    CHECK(spread.norm == doctest::Approx(6.093028803476971).epsilon(1e-12));
    CHECK(spread.bins == std::vector<std::int64_t>{1, 0, 1, 4, 1, 2, 1});
    CHECK(spread.count == 11);
    CHECK(spread.notFinite == 1);
    const Spread flat = spreadOf({2, 2}, 5);
    CHECK(flat.low == 1.5);
    CHECK(flat.high == 2.5);
    CHECK(flat.bins == std::vector<std::int64_t>{0, 0, 2, 0, 0});
    CHECK(spreadOf({}, 3).bins == std::vector<std::int64_t>{0, 0, 0});
}

TEST_CASE("silent units are dead, those at an end of their activation saturated") {
    network::NodeSpec node;
    node.parameters = {{"activation", "relu"}};
    const std::vector<float> relu{0, 1, 0, 0, 0, 2};  // two samples of three units
    CHECK(stillnessOf(relu, 3, 1, activationEnds(node)).dead == doctest::Approx(1.0 / 3));
    node.parameters = {{"activation", "tanh"}};
    const std::vector<float> tanh{1, 0.2f, 0, -1, 1, 0};
    const Stillness still = stillnessOf(tanh, 3, 1, activationEnds(node));
    CHECK(still.dead == 0);  // 0 is no end of tanh
    CHECK(still.saturated == doctest::Approx(1.0 / 3));
    // The same units, both numbers of one side by side.
    CHECK(stillnessOf({{0, 0, 1, 0, 0, 2}}, 3, 2, {.low = 0}).dead == doctest::Approx(1.0 / 3));
    node.parameters = Json::object();
    CHECK(stillnessOf(relu, 3, 1, activationEnds(node)).dead == 0);
}

TEST_CASE("an update that is looked at is the one that training then does") {
    for (const char* optimizer : {"sgd", "momentum", "adam", "lbfgs"}) {
        CAPTURE(optimizer);
        Trainer trainer = makeTrainer(planeRun(optimizer), {.tinyPlans = false});
        if (std::string(optimizer) != "lbfgs") trainSteps(trainer, 3);
        trainer.restore([&] {  // at the start of an epoch, so that the next batch is the first rows
            RestorePoint point = trainer.save();
            point.progress.batch = 0;
            return point;
        }());
        const std::vector<float> before = weightsOf(trainer);
        const auto rows = std::span(trainer.dataset().parts.train);
        trainer.trial().run(rows.first(16));
        CHECK(weightsOf(trainer) == before);
        trainer.step();
        const std::vector<float> after = weightsOf(trainer);
        for (std::size_t i = 0; i < before.size(); ++i) CHECK(after[i] - before[i] == trainer.trial().changes()[i]);
        CHECK(after != before);
    }
}

TEST_CASE("gradients are those of the loss, and are told with the norm of their layer") {
    Trainer trainer = makeTrainer(planeRun({{"type", "sgd"}, {"parameters", {{"learning_rate", 0.5}}}}));
    const auto rows = std::span(trainer.dataset().parts.train).first(16);
    const ProbeResult result = look(trainer, {{"of", "gradients"}, {"samples", 16}, {"bins", 8}});
    CHECK(result.shape == std::vector<std::int64_t>{3, 8});
    CHECK(result.facts["layers"][0]["id"] == "h1");
    const std::vector<float> gradients(trainer.trial().gradients().begin(), trainer.trial().gradients().end());
    CHECK(result.facts["loss"] == doctest::Approx(trainer.evaluate(rows).loss).epsilon(1e-6));
    for (std::size_t i = 0; i < gradients.size(); i += 5) {
        constexpr float h = 0.01f;
        float& weight = trainer.weights().floats()[i];
        const float kept = weight;
        weight = kept + h;
        const double above = trainer.evaluate(rows).loss;
        weight = kept - h;
        const double below = trainer.evaluate(rows).loss;
        weight = kept;
        CHECK(double{gradients[i]} == doctest::Approx((above - below) / (2 * double{h})).epsilon(0.02).scale(0.01));
    }
    double squares = 0;
    for (const network::Parameter& parameter : trainer.network().parameters())
        for (std::int64_t i = 0; parameter.node == "h1" && i < parameter.count; ++i)
            squares += std::pow(double{gradients[static_cast<std::size_t>(parameter.offset + i)]}, 2);
    CHECK(result.facts["layers"][0]["norm"] == doctest::Approx(std::sqrt(squares)));
}

TEST_CASE("looking at distributions never changes training") {
    for (const bool tiny : {true, false}) {
        CAPTURE(tiny);
        Trainer looked = makeTrainer(planeRun("adam"), {.tinyPlans = tiny});
        Trainer alone = makeTrainer(planeRun("adam"), {.tinyPlans = tiny});
        for (int i = 0; i < 20; ++i) {
            for (const char* of : {"activations", "weights", "gradients", "updates"}) look(looked, {{"of", of}});
            trainSteps(looked, 1);
            trainSteps(alone, 1);
        }
        CHECK(weightsOf(looked) == weightsOf(alone));
        const RestorePoint one = looked.save(), other = alone.save();
        REQUIRE(one.optimizerSlots.size() == 2);
        for (std::size_t i = 0; i < 2; ++i)
            CHECK(std::ranges::equal(one.optimizerSlots[i].floats(), other.optimizerSlots[i].floats()));
    }
}

TEST_CASE("activations of every layer before the first step show what the first weights do to their spread") {
    const auto deviations = [](double scale) {
        Json project = planeProject("circle", {32, 32, 32});
        for (std::size_t i = 1; i <= 3; ++i) {
            Json& parameters = project["network"]["nodes"][i]["parameters"];
            parameters["kernel_initializer"] = {{"type", "normal"}, {"parameters", {{"deviation", scale}}}};
            parameters["bias_initializer"] = "zeros";
        }
        Trainer trainer = makeTrainer(project);
        const ProbeResult result = look(trainer, {{"samples", 50}});
        std::vector<double> all;
        for (const Json& layer : result.facts["layers"]) all.push_back(layer["deviation"]);
        const auto first = std::span(result.values).first(static_cast<std::size_t>(result.shape[1]));
        CHECK(sumOf({first.begin(), first.end()}) == 50 * 32);
        return all;
    };
    const std::vector<double> small = deviations(0.02), large = deviations(2);
    CHECK(small[2] < 0.1 * small[0]);
    CHECK(large[2] > 0.7);
}

TEST_CASE("a layer that is named is told alone, and one without weights has none") {
    Trainer trainer = makeTrainer(planeRun("sgd"));
    CHECK(look(trainer, {{"of", "weights"}, {"node", "h2"}}).facts["layers"].size() == 1);
    CHECK_THROWS_WITH(look(trainer, {{"of", "weights"}, {"node", "in"}}), doctest::Contains("\"in\""));
}
