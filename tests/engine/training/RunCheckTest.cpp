#include "engine/training/RunCheck.h"

#include <doctest/doctest.h>

#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

RunCheck check(const Json& project) {
    const RunSpec spec = runSpec(project);
    return checkRun(spec, *loadData(spec));
}

Json withOutput(const std::string& generator, int units, const std::string& activation, const std::string& loss) {
    Json project = planeProject(generator, {4}, {{"loss", loss}});
    project["network"]["nodes"][2]["parameters"] = {{"units", units}, {"activation", activation}};
    return project;
}

std::string firstProblem(const RunCheck& result) {
    return result.problems.empty() ? "" : base::describe(result.problems.front());
}

}  // namespace

TEST_CASE("a million units are refused with the sum by part, before anything is allocated") {
    const RunCheck result = check(planeProject("circle", {1'000'000, 1'000'000}));
    REQUIRE(!result.ok());
    const std::string text = firstProblem(result);
    CAPTURE(text);
    for (const char* part : {"TB", "weights", "gradients", "optimizer", "activations", "data", "Use fewer units"})
        CHECK(text.find(part) != std::string::npos);
    const RunCheck overflow = check(planeProject("circle", {10'000'000, 10'000'000, 10'000'000}));
    CHECK(!overflow.ok());
}

TEST_CASE("the estimate adds up and grows with the batch") {
    const RunCheck small = check(planeProject("circle", {8}));
    const RunCheck large = check(planeProject("circle", {8}, {{"batch_size", 100}}));
    CHECK(small.memory.weights == 4 * (2 * 8 + 8 + 8 + 1));
    // Ninety samples more, of whose eleven values and their gradients some share their place.
    const std::int64_t more = large.memory.activations - small.memory.activations;
    CHECK(more > 90 * 11 * 4);
    CHECK(more < 90 * 11 * 4 * 4);
    CHECK(small.memory.total() == small.memory.weights + small.memory.gradients + small.memory.optimizer +
                                      small.memory.activations + small.memory.data + small.memory.measuring);
}

TEST_CASE("the estimate knows the best weights a rule keeps, and what a solver remembers") {
    const std::int64_t weights = check(planeProject("circle", {8})).memory.weights;
    const auto optimizerOf = [](const Json& training) {
        return check(planeProject("circle", {8}, training)).memory.optimizer;
    };
    const std::int64_t plain = optimizerOf({});
    const auto stopping = [](bool restore) {
        return Json{{"stopping", {{{"type", "early_stopping"}, {"parameters", {{"restore_best", restore}}}}}}};
    };
    CHECK(optimizerOf(stopping(true)) == plain + 2 * weights);
    CHECK(optimizerOf(stopping(false)) == plain);
    const auto lbfgs = [](int history) {
        return Json{{"optimizer", {{"type", "lbfgs"}, {"parameters", {{"history", history}}}}}, {"batch_size", 100}};
    };
    // Two numbers of eight bytes for each weight and move, and once more in a restore point.
    CHECK(optimizerOf(lbfgs(30)) - optimizerOf(lbfgs(20)) == 10 * 2 * 2 * 2 * weights);
}

TEST_CASE("measuring a wide network takes small batches") {
    const RunCheck narrow = check(planeProject("circle", {8}));
    const RunCheck wide = check(planeProject("circle", {300'000}, {{"batch_size", 1}}));
    const auto batch = [](const RunCheck& run) {
        return measuringBatch(run.network.nodes, network::Network(run.network).lower(false).graph);
    };
    CHECK(batch(narrow) == 1024);
    CHECK(batch(wide) == 55);
    CHECK(wide.memory.activations >= 55 * 300'000 * 4);
}

TEST_CASE("what looks up rows is told which numbers the data do not have") {
    const auto lookUp = [](const std::string& x, int entries) {
        Json project = planeProject("circle", {4});
        project["data"] = {{"source", "points"},
                           {"points", Json::parse("[[1, 2, 0], [3, " + x + ", 1], [2, 2, 0], [1, 1, 1]]")}};
        Json& nodes = project["network"]["nodes"];
        nodes[1] = {{"id", "h1"},
                    {"type", "embedding"},
                    {"inputs", {"in"}},
                    {"parameters", {{"entries", entries}, {"dimension", 3}}}};
        nodes.insert(nodes.begin() + 2, Json{{"id", "flat"}, {"type", "flatten"}, {"inputs", {"h1"}}});
        nodes[3]["inputs"] = {"flat"};
        return firstProblem(check(project));
    };
    CHECK(lookUp("4", 5) == "");
    CHECK(lookUp("4", 4) ==
          "h1: It has 4 entries, but the number 4 stands in the data. Give it more entries than the largest number.");
    CHECK(lookUp("0.5", 5) ==
          "h1: It looks up whole numbers, but 0.5 stands in the data. Connect it to whole numbers from 0 on, without "
          "preprocessing.");
    CHECK(lookUp("-1", 5).starts_with("h1: It looks up whole numbers, but -1 stands in the data."));
}

TEST_CASE("an optimizer that evaluates several times refuses all that changes the loss from one time to the next") {
    const Json fits = planeProject("circle", {4}, {{"optimizer", "lbfgs"}, {"batch_size", 100}});
    CHECK(check(fits).problems.empty());
    Json batches = fits, noise = fits, clipped = fits, factors = fits;
    batches["training"]["batch_size"] = 99;
    noise["network"]["nodes"].push_back({{"id", "drop"}, {"type", "dropout"}, {"inputs", {"h1"}}});
    noise["network"]["nodes"][2]["inputs"] = {"drop"};
    clipped["training"]["clip"] = "norm";
    factors["network"]["nodes"][1]["learning_rate_factor"] = 0.5;
    CHECK(firstProblem(check(batches)) ==
          "training.batch_size: lbfgs needs all 100 training rows in one batch. Set the batch size to 100, or choose "
          "another optimizer.");
    CHECK(firstProblem(check(noise)).starts_with("drop: lbfgs needs the same loss every time"));
    CHECK(firstProblem(check(clipped)).starts_with("training.clip: lbfgs cannot work with clipped gradients."));
    CHECK(firstProblem(check(factors)).starts_with("h1.learning_rate_factor: "));
}

TEST_CASE("targets are encoded as the loss and the last layer ask") {
    struct Case {
        const char* activation;
        const char* loss;
        int units;
        const char* generator;
        Encoding encoding;
        double threshold;
    };
    for (const Case& c : {Case{"tanh", "mean_squared_error", 1, "circle", Encoding::PlusMinusOne, 0},
                          Case{"sigmoid", "mean_squared_error", 1, "circle", Encoding::ZeroOne, 0.5},
                          Case{"linear", "mean_squared_error", 2, "circle", Encoding::OneHot, 0.5},
                          Case{"linear", "sigmoid_cross_entropy", 1, "circle", Encoding::ZeroOne, 0},
                          Case{"sigmoid", "binary_cross_entropy", 1, "circle", Encoding::ZeroOne, 0.5},
                          Case{"linear", "hinge", 1, "circle", Encoding::PlusMinusOne, 0},
                          Case{"linear", "softmax_cross_entropy", 2, "circle", Encoding::Index, 0},
                          Case{"linear", "mean_squared_error", 1, "plane", Encoding::Values, 0}}) {
        CAPTURE(c.loss);
        CAPTURE(c.activation);
        const RunCheck result = check(withOutput(c.generator, c.units, c.activation, c.loss));
        REQUIRE(result.ok());
        CHECK(result.heads.front().reading.encoding == c.encoding);
        if (c.units == 1) CHECK(result.heads.front().reading.threshold == c.threshold);
    }
}

TEST_CASE("probabilities follow the loss and add up to one") {
    float p[3];
    OutputReading reading{.encoding = Encoding::PlusMinusOne, .link = Link::Rescale, .outputs = 1, .classes = 2};
    const float low = -1.7f, middle = 0.5f;
    reading.probabilities(&low, p);
    CHECK(p[1] == 0);
    reading.probabilities(&middle, p);
    CHECK(p[1] == doctest::Approx(0.75));
    CHECK(reading.classOf(&middle) == 1);
    reading.link = Link::Sigmoid;
    reading.probabilities(&middle, p);
    CHECK(p[1] == doctest::Approx(0.622459));
    OutputReading softmax{.encoding = Encoding::Index, .link = Link::Softmax, .outputs = 3, .classes = 3};
    const float logits[3] = {1000, 1001, 999};
    softmax.probabilities(logits, p);
    CHECK(p[0] + p[1] + p[2] == doctest::Approx(1));
    CHECK(p[1] == doctest::Approx(0.665241));
    CHECK(softmax.classOf(logits) == 1);
}

TEST_CASE("losses that do not belong to the data or the last layer are told") {
    CHECK(firstProblem(check(withOutput("circle", 3, "linear", "softmax_cross_entropy"))) ==
          "out: The last layer has 3 units, but the data has 2 classes. Use 2 units.");
    CHECK(firstProblem(check(withOutput("circle", 1, "linear", "softmax_cross_entropy"))) ==
          "out: The loss softmax_cross_entropy needs one unit for every class, but the last layer has 1 unit. Use 2 "
          "units, or the loss sigmoid_cross_entropy.");
    CHECK(firstProblem(check(withOutput("plane", 1, "linear", "hinge"))) ==
          "training.loss: The loss hinge takes targets from −1 to 1, but row 18 has 1.025. Use mean_squared_error, or "
          "bring the targets into this range.");
    const RunCheck warned = check(withOutput("circle", 1, "tanh", "sigmoid_cross_entropy"));
    CHECK(warned.ok());
    CHECK(firstProblem(warned) ==
          "out: The loss sigmoid_cross_entropy expects raw scores, but the last layer applies tanh. Set its activation "
          "to linear.");
}
