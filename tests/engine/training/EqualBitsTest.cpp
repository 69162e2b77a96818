// The bits of a trained network do not depend on the number of threads, whatever it is made of.

#include <doctest/doctest.h>

#include "engine/backends/KernelLibrary.h"
#include "engine/base/Random.h"
#include "engine/ir/Primitive.h"
#include "engine/training/PlanRequests.h"
#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

constexpr std::size_t rows = 80;
constexpr int batch = 32, classes = 5;

Json node(const std::string& type, Json parameters = Json::object(), Json inputs = {}) {
    Json result{{"type", type}};
    if (!parameters.empty()) result["parameters"] = std::move(parameters);
    if (!inputs.is_null()) result["inputs"] = std::move(inputs);
    return result;
}

struct Case {
    const char* name;
    tensor::Shape input;
    std::vector<Json> nodes;  // n1, n2 … behind "n0"; each reads the one before it unless it says otherwise
    int words = 0;            // inputs are whole numbers below this; 0: numbers around 0
};

const Json flatten = node("flatten");

std::vector<Case> cases() {
    const tensor::Shape image{10, 10, 8}, sequence{12, 24}, text{12}, row{160};
    const Json conv = node("conv2d", {{"filters", 16}, {"activation", "relu"}, {"padding", "same"}});
    return {
        {"dense", row, {node("dense", {{"units", 300}, {"activation", "tanh"}})}},
        {"convolution", image, {conv, node("max_pool"), flatten}},
        {"strides, dilation and groups",
         image,
         {node("conv2d", {{"filters", 16}, {"stride", 2}, {"groups", 4}}),
          node("conv2d", {{"filters", 24}, {"dilation", 2}, {"padding", 2}}), flatten}},
        {"depthwise convolution",
         image,
         {node("conv2d", {{"filters", 8}, {"groups", 8}, {"kernel_size", 5}}), conv, node("average_pool"), flatten}},
        {"transposed convolution", image, {node("conv2d_transpose", {{"filters", 12}, {"stride", 2}}), flatten}},
        {"convolution over time", sequence, {node("conv1d", {{"filters", 64}, {"kernel_size", 5}}), flatten}},
        {"residual block", image, {conv, conv, node("add", {}, {"n1", "n2"}), node("global_average_pool")}},
        {"branches side by side",
         image,
         {conv, node("conv2d", {{"filters", 16}, {"kernel_size", 1}}, {"n0"}), node("concatenate", {}, {"n1", "n2"}),
          flatten}},
        {"products of branches",
         row,
         {node("dense", {{"units", 200}}), node("dense", {{"units", 200}, {"activation", "sigmoid"}}, {"n0"}),
          node("multiply", {}, {"n1", "n2"})}},
        {"batch norm", image, {conv, node("batch_norm"), node("activation", {{"activation", "relu"}}), flatten}},
        {"layer norm", row, {node("dense", {{"units", 256}}), node("layer_norm")}},
        {"group and instance norm",
         image,
         {conv, node("group_norm", {{"groups", 4}}), conv, node("instance_norm"), flatten}},
        {"unpooling", image, {conv, node("max_pool"), node("max_unpool", {}, {"n2", "n2:indices"}), flatten}},
        {"upsampling",
         image,
         {conv, node("upsample", {{"factor", 2}, {"mode", "bilinear"}}), conv, node("global_max_pool")}},
        {"dropout",
         row,
         {node("dense", {{"units", 256}, {"activation", "relu"}}), node("dropout", {{"rate", 0.4}}),
          node("gaussian_noise")}},
        {"dropped maps and branches",
         image,
         {conv, node("spatial_dropout", {{"rate", 0.3}}), conv, node("stochastic_depth"), node("add", {}, {"n2", "n4"}),
          flatten}},
        {"maxout, glu and prelu",
         row,
         {node("maxout", {{"units", 128}, {"pieces", 3}}), node("glu"), node("dense", {{"units", 200}}),
          node("prelu")}},
        {"simple recurrent", sequence, {node("simple_rnn", {{"units", 64}, {"bidirectional", true}})}},
        {"lstm", sequence, {node("lstm", {{"units", 48}, {"return_sequences", true}}), node("lstm", {{"units", 32}})}},
        {"gru", sequence, {node("gru", {{"units", 48}, {"truncation", 4}})}},
        {"texts",
         text,
         {node("embedding", {{"entries", 50}, {"dimension", 32}}),
          node("lstm", {{"units", 48}, {"bidirectional", true}})},
         50},
        {"attention",
         text,
         {node("embedding", {{"entries", 50}, {"dimension", 32}}), node("positional_encoding"),
          node("multi_head_attention", {{"heads", 4}}), node("add", {}, {"n2", "n3"}), node("layer_norm"), flatten,
          node("dense", {{"units", 128}})},
         50},
        {"places and waves", image, {node("coord_conv", {{"filters", 16}}), flatten, node("dense", {{"units", 64}})}},
    };
}

RunSpec specOf(const Case& c, const std::string& optimizer) {
    Json nodes = Json::array({{{"id", "n0"}, {"type", "input"}}});
    const auto add = [&](Json one) {
        const std::string before = "n" + std::to_string(nodes.size() - 1);
        one["id"] = "n" + std::to_string(nodes.size());
        if (!one.contains("inputs")) one["inputs"] = {before};
        nodes.push_back(std::move(one));
    };
    for (const Json& one : c.nodes) add(one);
    add(node("dense", {{"units", classes}}));
    return runSpec(
        {{"format", "perceptory-project"},
         {"format_version", 1},
         {"data", {{"source", "generator"}, {"id", "circle"}}},
         {"network", {{"nodes", nodes}}},
         {"training",
          {{"loss", "softmax_cross_entropy"}, {"optimizer", optimizer}, {"batch_size", batch}, {"seed", "5"}}}});
}

std::shared_ptr<const data::Dataset> dataFor(const Case& c) {
    auto dataset = std::make_shared<data::Dataset>();
    dataset->count = rows;
    dataset->inputShape = c.input;
    for (std::int64_t i = 0; i < tensor::elementCount(c.input); ++i) dataset->featureNames.push_back(std::to_string(i));
    for (int k = 0; k < classes; ++k) dataset->classNames.push_back(std::to_string(k));
    base::RandomStream random(9, 1);
    for (std::size_t row = 0; row < rows; ++row) {
        // Texts end at different places.
        const std::size_t length = 1 + random.below(static_cast<std::uint32_t>(dataset->features()));
        for (std::size_t i = 0; i < dataset->features(); ++i)
            dataset->inputs.push_back(
                c.words == 0 ? static_cast<float>(random.uniform(-1, 1))
                : i < length ? static_cast<float>(1 + random.below(static_cast<std::uint32_t>(c.words - 1)))
                             : 0.0f);
        dataset->labels.push_back(static_cast<std::int32_t>(random.below(classes)));
        dataset->parts.train.push_back(static_cast<std::uint32_t>(row));
    }
    return dataset;
}

// Weights, losses and measures after two epochs, the last batches of which are half full.
std::vector<double> run(const Case& c, int threads) {
    Trainer trainer(specOf(c, "adam"), dataFor(c), {.threads = threads, .tinyPlans = false});
    std::vector<double> numbers(6);
    for (int done = 0; done < 6;) done += trainer.runSteps(6 - done, numbers.data() + done);
    const Evaluation evaluation = trainer.evaluate(trainer.dataset().parts.train);
    numbers.push_back(evaluation.loss);
    for (const float weight : trainer.weights().floats()) numbers.push_back(static_cast<double>(weight));
    return numbers;
}

}  // namespace

TEST_CASE("more than twenty different networks end in the same bits with one thread and with two, and when run again") {
    const std::vector<Case> all = cases();
    REQUIRE(all.size() >= 20);
    for (const Case& c : all) {
        CAPTURE(std::string(c.name));
        const std::vector<double> one = run(c, 1);
        for (const double number : one) REQUIRE(std::isfinite(number));
        CHECK(run(c, 2) == one);
        CHECK(run(c, 1) == one);
    }
}

TEST_CASE("all of these networks have work for two threads") {
    for (const Case& c : cases()) {
        CAPTURE(std::string(c.name));
        Trainer trainer(specOf(c, "sgd"), dataFor(c), {.tinyPlans = false});
        const Objective objective = makeObjective(trainer.network(), trainer.heads(), Purpose::Training);
        ir::PlanRequest request{.batch = batch, .keep = {objective.loss}};
        for (const ir::ValueId gradient : objective.gradients)
            if (gradient != ir::none) request.keep.push_back(gradient);
        double most = 0;
        for (const ir::PlanStep& step : ir::compilePlan(objective.lowered.graph, request).steps)
            most = std::max(most, step.work);
        CHECK(most >= 1e6);
    }
}

TEST_CASE("weights that change while the step still runs end in the same bits as those that change after it") {
    // Clipping at a norm that is never reached leaves gradients alone, but wants all of them before any weight moves.
    for (const char* optimizer : {"sgd", "adam", "rmsprop"})
        for (const int threads : {1, 2}) {
            CAPTURE(std::string(optimizer));
            const auto weights = [&](const Json& more) {
                Json project = planeProject("circle", {300, 301, 40}, more);
                project["training"]["optimizer"] = {{"type", optimizer}, {"parameters", {{"learning_rate", 0.01}}}};
                project["network"]["nodes"][2]["learning_rate_factor"] = 0.5;
                const RunSpec spec = runSpec(project);
                Trainer trainer(spec, loadData(spec), {.threads = threads, .tinyPlans = false});
                trainSteps(trainer, 7);
                return weightsOf(trainer);
            };
            const std::vector<float> early = weights({});
            CHECK(early == weights({{"clip", {{"type", "norm"}, {"limit", 1e30}}}}));
        }
}

TEST_CASE("only gradients of large layers that nothing reads afterwards are taken early") {
    const auto early = [](const std::vector<int>& units) {
        const RunSpec spec = runSpec(planeProject("circle", units));
        Trainer trainer(spec, loadData(spec), {.tinyPlans = false});
        const Objective objective = makeObjective(trainer.network(), trainer.heads(), Purpose::Training);
        backends::cpu::ThreadPool pool(1);
        tensor::Buffer weights(trainer.network().parameterCount()), gradients(trainer.network().parameterCount());
        const backends::cpu::Executable executable(
            ir::compilePlan(objective.lowered.graph,
                            trainingRequest(objective, trainer.network(), 10, ir::Kernels::Fast)),
            backends::kernels(), backends::cpu::Memory{&weights, &gradients}, pool);
        return executable.earlyGradients().size();
    };
    CHECK(early({300, 301}) == 1);
    CHECK(early({30, 31}) == 0);
}
