#include "engine/ir/Fusion.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/ir/Primitive.h"

using namespace perceptory::ir;
using perceptory::tensor::Window;

namespace {

// A convolution, ReLU, and a pool, twice; the mean of all that comes out, and its gradients.
struct PooledNet {
    Graph graph;
    ValueId x, loss, firstMap = none, output;
    std::vector<ValueId> weights, gradients;

    explicit PooledNet(const std::string& activation = "relu") {
        x = graph.input("x", {8, 8, 16});
        const ValueId once = block(x, {8, 8, 16, 8, 8, 16, 3, 3, 1, 1, 1, 1}, activation, 0);
        output = block(once, {4, 4, 16, 4, 4, 16, 5, 5, 1, 1, 2, 2}, activation, 4000);
        const ValueId flat = graph.add("reshape", {output}, {.reshaped = {64}});
        loss = graph.add("weighted_mean", {graph.add("row_mean", {flat}), graph.input("weight", {1})});
        gradients = differentiate(graph, loss, weights);
    }

    ValueId block(ValueId from, const Window& w, const std::string& activation, std::int64_t offset) {
        const ValueId kernel = graph.parameter("w", {w.kernelHeight, w.kernelWidth, 16, 16}, offset);
        const ValueId bias = graph.parameter("b", {16}, offset + 16 * 16 * w.taps());
        weights.insert(weights.end(), {kernel, bias});
        const ValueId map =
            graph.add("unary", {graph.add("conv2d", {from, kernel, bias}, {.window = w})}, {.formula = activation});
        if (firstMap == none) firstMap = map;
        const Window pool{w.mapHeight, w.mapWidth, 16, w.mapHeight / 2, w.mapWidth / 2, 16, 2, 2, 2, 2};
        return graph.add("max_pool", {map}, {.window = pool});
    }

    Plan plan(PlanRequest request) const {
        request.batch = 4;
        request.keep.push_back(loss);
        for (std::size_t i = 0; i < gradients.size(); ++i)
            request.gradients.emplace_back(gradients[i], graph.value(weights[i]).offset);
        return compilePlan(graph, request);
    }
};

long count(const Plan& plan, const std::string& id) {
    return std::ranges::count_if(plan.steps, [&](const PlanStep& step) { return step.operation.type->id == id; });
}

}  // namespace

TEST_CASE("a convolution, ReLU and pool become one operation, and so does what leads back") {
    const Plan plan = PooledNet().plan({});
    CHECK(count(plan, "conv2d_max_pool") == 2);
    CHECK(count(plan, "conv2d_pooled_weight_gradient") == 2);
    CHECK(count(plan, "conv2d_pooled_input_gradient") == 1);
    for (const char* gone : {"conv2d", "unary", "max_pool", "max_pool_gradient", "conv2d_weight_gradient"})
        CHECK(count(plan, gone) == 0);
    CHECK(count(plan, "winograd_weights") == 1);  // the second window is 5×5, and nobody wants the gradient of x
    CHECK(plan.arena < PooledNet().plan({.kernels = Kernels::Parity}).arena);
}

TEST_CASE("nothing is put together where somebody looks between, or for comparisons") {
    const PooledNet net;
    CHECK(count(net.plan({.keep = {net.firstMap}}), "conv2d_max_pool") == 1);
    const Plan plain = net.plan({.kernels = Kernels::Parity});
    CHECK(count(plain, "conv2d") == 2);
    CHECK(count(plain, "winograd_weights") == 0);
    CHECK(count(PooledNet("tanh").plan({}), "conv2d_max_pool") == 0);
}

TEST_CASE("a gradient that is not behind a pool is summed in Winograd's planes") {
    Graph graph;
    const ValueId x = graph.input("x", {8, 8, 16}), kernel = graph.parameter("w", {3, 3, 16, 16}, 0);
    const ValueId map = graph.add("conv2d", {x, kernel, none}, {.window = {8, 8, 16, 8, 8, 16, 3, 3, 1, 1, 1, 1}});
    const ValueId flat = graph.add("reshape", {map}, {.reshaped = {1024}});
    const ValueId loss = graph.add("weighted_mean", {graph.add("row_mean", {flat}), graph.input("weight", {1})});
    const ValueId gradient = differentiate(graph, loss, {kernel})[0];
    const Plan plan = compilePlan(graph, {.batch = 4, .keep = {loss}, .gradients = {{gradient, 0}}});
    CHECK(count(plan, "winograd_weight_sums") == 1);
    CHECK(count(plan, "winograd_weight_gradient") == 1);
    CHECK(count(plan, "conv2d_weight_gradient") == 0);
}

TEST_CASE("without gradients the pool is taken along too") {
    const PooledNet net;
    const Plan plan = compilePlan(net.graph, {.batch = 4, .keep = {net.output}});
    CHECK(count(plan, "conv2d_max_pool") == 2);
    CHECK(plan.steps.size() == 3);
}

namespace {

// Batch normalization with its scale and shift, ReLU if wanted, and the mean of what comes out.
struct NormNet {
    Graph graph;
    ValueId normal, scaled, loss;
    std::vector<ValueId> gradients;

    explicit NormNet(bool relu, std::int64_t pixels = 64) {
        const ValueId x = graph.parameter("x", {8}, 0), s = graph.parameter("s", {8}, 8);
        const ValueId t = graph.parameter("t", {8}, 16);
        const ValueId image = graph.add("scale_shift", {graph.input("in", {pixels, 8}), x, none}, {.integers = {8}});
        normal = graph.add("normalize", {image, graph.parameter("m", {8}, 24), graph.parameter("v", {8}, 32)},
                           {.numbers = {1e-5}, .integers = {0, 8, 1, 1}});
        scaled = graph.add("scale_shift", {normal, s, t}, {.integers = {8}});
        const ValueId last = relu ? graph.add("unary", {scaled}, {.formula = "relu"}) : scaled;
        const ValueId flat = graph.add("reshape", {last}, {.reshaped = {pixels * 8}});
        loss = graph.add("weighted_mean", {graph.add("row_mean", {flat}), graph.input("weight", {1})});
        gradients = differentiate(graph, loss, {x, s, t});
    }

    Plan plan(std::vector<ValueId> keep = {}) const {
        keep.push_back(loss);
        return compilePlan(
            graph, {.batch = 4, .keep = keep, .gradients = {{gradients[0], 0}, {gradients[1], 8}, {gradients[2], 16}}});
    }
};

}  // namespace

TEST_CASE("batch normalization, its scale and a ReLU become two operations each way") {
    for (const bool relu : {false, true}) {
        const Plan plan = NormNet(relu).plan();
        for (const char* one :
             {"channel_sums", "normalize_channels", "channel_gradient_sums", "normalize_channels_gradient"})
            CHECK(count(plan, one) == 1);
        for (const char* gone : {"normalize", "normalize_gradient", "unary", "unary_gradient"})
            CHECK(count(plan, gone) == 0);
        CHECK(count(plan, "scale_shift") == 1);  // the one before, whose input nobody wants a gradient of
        CHECK(count(plan, "fold") == 1);
        for (const PlanStep& step : plan.steps)
            if (step.operation.type->id == "normalize_channels") CHECK(step.operation.integers[1] == (relu ? 1 : 0));
    }
}

TEST_CASE("a normalization that somebody looks into, or of few pixels, stays as it is") {
    const NormNet net(true);
    CHECK(count(net.plan({net.normal}), "normalize_channels") == 0);
    const Plan looked = net.plan({net.scaled});
    CHECK(count(looked, "normalize_channels") + count(looked, "normalize") == 1);
    CHECK(count(looked, "unary") == 1);
    CHECK(count(NormNet(true, 8).plan(), "normalize_channels") == 0);
}

TEST_CASE("a sum takes its ReLU along where nobody looks between") {
    Graph graph;
    const ValueId x = graph.parameter("x", {8}, 0), image = graph.input("in", {64, 8});
    const ValueId once = graph.add("scale_shift", {image, x, none}, {.integers = {8}});
    const ValueId sum = graph.add("add", {once, image});
    const ValueId flat = graph.add("reshape", {graph.add("unary", {sum}, {.formula = "relu"})}, {.reshaped = {512}});
    const ValueId loss = graph.add("weighted_mean", {graph.add("row_mean", {flat}), graph.input("weight", {1})});
    const ValueId gradient = differentiate(graph, loss, {x})[0];
    const PlanRequest request{.batch = 4, .keep = {loss}, .gradients = {{gradient, 0}}};
    const Plan plan = compilePlan(graph, request);
    CHECK(count(plan, "unary") == 0);
    CHECK(count(plan, "unary_gradient") == 1);
    for (const PlanStep& step : plan.steps)
        if (step.operation.type->id == "add") CHECK(step.operation.integers[0] == 1);
    PlanRequest looking = request;
    looking.keep.push_back(sum);
    CHECK(count(compilePlan(graph, looking), "unary") == 1);
}

TEST_CASE("a product is taken in parts where its many weights are trained on few samples") {
    Graph graph;
    const ValueId x = graph.input("x", {784}), w = graph.parameter("w", {784, 128}, 0);
    const ValueId product = graph.add("matrix_product", {x, w, graph.parameter("b", {128}, 784 * 128)});
    const ValueId relu = graph.add("unary", {product}, {.formula = "relu"});
    const ValueId loss = graph.add("weighted_mean", {graph.add("row_mean", {relu}), graph.input("weight", {1})});
    const ValueId gradient = differentiate(graph, loss, {w})[0];
    const auto planOf = [&](const PlanRequest& request) { return compilePlan(graph, request); };
    const Plan trained = planOf({.batch = 64, .keep = {relu, loss}, .gradients = {{gradient, 0}}});
    CHECK(count(trained, "product_parts") == 1);
    CHECK(count(trained, "sum_parts") == 1);
    CHECK(count(trained, "unary") == 0);
    CHECK(count(trained, "matrix_product") == 1);  // the gradient
    CHECK(count(planOf({.batch = 64, .keep = {product}}), "product_parts") == 0);
    CHECK(count(planOf({.batch = 128, .keep = {product, loss}, .gradients = {{gradient, 0}}}), "product_parts") == 0);
    const PlanRequest parity{
        .batch = 64, .keep = {product, loss}, .gradients = {{gradient, 0}}, .kernels = Kernels::Parity};
    CHECK(count(planOf(parity), "product_parts") == 0);
}

TEST_CASE("a gradient is taken in parts where it sums over many more rows than it has") {
    const auto partsOf = [](std::int64_t steps) {
        Graph graph;
        const ValueId x = graph.input("x", {steps, 28}), w = graph.parameter("w", {28, 256}, 0);
        const ValueId product = graph.add("matrix_product", {x, w, none});
        const ValueId flat = graph.add("reshape", {product}, {.reshaped = {steps * 256}});
        const ValueId loss = graph.add("weighted_mean", {graph.add("row_mean", {flat}), graph.input("weight", {1})});
        const ValueId gradient = differentiate(graph, loss, {w})[0];
        return count(compilePlan(graph, {.batch = 64, .keep = {loss}, .gradients = {{gradient, 0}}}), "product_parts");
    };
    CHECK(partsOf(32) == 1);
    CHECK(partsOf(2) == 0);
}
