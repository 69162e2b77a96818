#include "engine/ir/Plan.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/ir/Primitive.h"

using namespace perceptory::ir;

namespace {

// A chain x → (product, tanh) × depth, every product with a weight of 8 × 8.
struct Chain {
    Graph graph;
    ValueId x, output, loss;
    std::vector<ValueId> weights;

    explicit Chain(int depth) {
        x = graph.input("x", {8});
        output = x;
        for (int i = 0; i < depth; ++i) {
            weights.push_back(graph.parameter("w" + std::to_string(i), {8, 8}, 64 * i));
            graph.setNode("layer" + std::to_string(i));
            output =
                graph.add("unary", {graph.add("matrix_product", {output, weights.back(), none})}, {.formula = "tanh"});
        }
        loss = graph.add("weighted_mean", {graph.add("row_mean", {output}), graph.input("weight", {1})});
    }
};

int count(const Plan& plan, const std::string& id) {
    return static_cast<int>(
        std::ranges::count_if(plan.steps, [&](const PlanStep& step) { return step.operation.type->id == id; }));
}

}  // namespace

TEST_CASE("values whose lives do not overlap share memory") {
    const Chain chain(40);
    const Plan plan = compilePlan(chain.graph, {.batch = 16, .keep = {chain.output}});
    CHECK(plan.arena <= 4 * 16 * 8);
    const Plan all = compilePlan(chain.graph, {.batch = 16, .keep = [&] {
                                                   std::vector<ValueId> every;
                                                   for (const Operation& operation : chain.graph.operations())
                                                       every.push_back(operation.outputs[0]);
                                                   return every;
                                               }()});
    CHECK(all.arena >= 80 * 16 * 8);
}

TEST_CASE("no two values that live at the same time overlap") {
    Chain chain(6);
    const std::vector<ValueId> gradients = differentiate(chain.graph, chain.loss, chain.weights);
    PlanRequest request{.batch = 5, .keep = {chain.loss}};
    for (std::size_t i = 0; i < gradients.size(); ++i)
        request.gradients.emplace_back(gradients[i], 64 * static_cast<std::int64_t>(i));
    const Plan plan = compilePlan(chain.graph, request);
    // Whoever writes a place must not hit an input of the same step, unless it may take its place as a whole.
    for (const PlanStep& step : plan.steps)
        for (const Place& out : step.outputs)
            for (const Place& in : step.inputs) {
                const bool same = step.operation.type->inPlace && in.offset == out.offset && in.columns == out.columns;
                const bool apart = same || in.columns == 0 || in.region != out.region ||
                                   out.offset + out.rows * out.stride <= in.offset ||
                                   in.offset + in.rows * in.stride <= out.offset;
                CHECK(apart);
            }
}

TEST_CASE("an operation on small values takes the place of no value of another size") {
    Graph graph;
    const ValueId x = graph.add("unary", {graph.input("x", {3})}, {.formula = "tanh"});
    const ValueId scale = graph.add("unary", {graph.parameter("s", {3}, 0)}, {.formula = "tanh"});
    const ValueId y = graph.add("scale_shift", {x, scale, none}, {.integers = {3}});
    const ValueId z = graph.add("add", {y, x});  // x is needed longer than the scale
    for (int batch = 2; batch <= 5; ++batch) {
        const Plan plan = compilePlan(graph, {.batch = batch, .keep = {z}});
        for (const PlanStep& step : plan.steps)
            if (step.operation.type->id == "scale_shift") CHECK(step.outputs[0].offset != step.inputs[1].offset);
    }
}

TEST_CASE("an elementwise operation takes the place of an input that nobody reads afterwards, and of no other") {
    Graph graph;
    const ValueId x = graph.input("x", {100});
    const ValueId a = graph.add("unary", {x}, {.formula = "tanh"});
    const ValueId b = graph.add("unary", {a}, {.formula = "sine"});
    const ValueId sum = graph.add("add", {a, b});
    const ValueId y = graph.add("unary", {sum}, {.formula = "tanh"});
    const Plan plan = compilePlan(graph, {.batch = 4, .keep = {y}});
    const auto step = [&](std::size_t i) -> const PlanStep& { return plan.steps[i]; };
    CHECK(step(0).outputs[0].offset != step(0).inputs[0].offset);  // the caller's x stays
    CHECK(step(1).outputs[0].offset != step(1).inputs[0].offset);  // a is read again
    CHECK(step(2).outputs[0].offset == step(2).inputs[0].offset);
    CHECK(step(3).outputs[0].offset == step(3).inputs[0].offset);
    const Plan watched = compilePlan(graph, {.batch = 4, .keep = {y, sum}});
    CHECK(watched.steps[3].outputs[0].offset != watched.steps[3].inputs[0].offset);
}

TEST_CASE("a frozen trunk has no backward, and the first layer computes no input gradient") {
    Chain chain(5);
    const std::vector<ValueId> all = differentiate(chain.graph, chain.loss, chain.weights);
    PlanRequest request{.batch = 4, .keep = {chain.loss}};
    for (std::size_t i = 0; i < all.size(); ++i)
        request.gradients.emplace_back(all[i], 64 * static_cast<std::int64_t>(i));
    // Five products forward, five weight gradients, and four on the way back: none for the input.
    CHECK(count(compilePlan(chain.graph, request), "matrix_product") == 14);

    Chain frozen(5);
    const std::vector<ValueId> last = differentiate(frozen.graph, frozen.loss, {frozen.weights.back()});
    const Plan plan = compilePlan(frozen.graph, {.batch = 4, .keep = {frozen.loss}, .gradients = {{last[0], 256}}});
    CHECK(count(plan, "matrix_product") == 6);
    CHECK(count(plan, "unary_gradient") == 1);
}

TEST_CASE("a reshape costs nothing: both names are one place") {
    Graph graph;
    const ValueId x = graph.input("x", {2, 3, 1});
    const ValueId flat = graph.add("reshape", {x}, {.reshaped = {6}});
    const ValueId y = graph.add("unary", {flat}, {.formula = "relu"});
    const Plan plan = compilePlan(graph, {.batch = 2, .keep = {y, flat}});
    CHECK(plan.steps.size() == 1);
    CHECK(plan.places.at(flat).offset == plan.places.at(x).offset);
    CHECK(plan.places.at(flat).columns == 6);
}

TEST_CASE("sizes beyond 63 bits are an error, not a small number") {
    Graph graph;
    const ValueId x = graph.input("x", {1'000'000'000, 1'000'000'000});
    const ValueId y = graph.add("unary", {x}, {.formula = "relu"});
    CHECK_THROWS(compilePlan(graph, {.batch = 1000, .keep = {y}}));
}
