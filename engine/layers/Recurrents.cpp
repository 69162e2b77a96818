#include "engine/layers/Recurrents.h"

#include "engine/base/Text.h"
#include "engine/ir/Algebra.h"

namespace perceptory::layers {

using tensor::Recurrence;

namespace {

Recurrence recurrence(const tensor::Shape& input, const base::ParamValues& values, tensor::Cell cell) {
    return {
        .steps = input[0], .units = values.integer("units"), .cell = cell, .truncation = values.integer("truncation")};
}

// The states of one direction.
ir::ValueId lowerDirection(Lowering& lowering, const Recurrence& r, const ir::ValueId* weights) {
    ir::Graph& graph = lowering.graph;
    // The biases of input and state are added up where the formula does; a GRU keeps them apart.
    const bool apart = r.cell == tensor::Cell::Gru;
    const ir::ValueId bias = apart ? weights[2] : ir::add(graph, weights[2], weights[3]);
    const ir::ValueId z = graph.add("matrix_product", {lowering.inputs[0], weights[0], bias});
    return graph.add("recurrent", {z, weights[1], apart ? weights[3] : ir::none, lowering.mask},
                     {.integers = r.integers()});
}

// The state after the walk.
ir::ValueId lastState(ir::Graph& graph, ir::ValueId states, const Recurrence& r) {
    return ir::reshape(graph, ir::cut(graph, states, 0, r.step(r.steps - 1), 1), {r.units});
}

}  // namespace

std::vector<base::ParamType> recurrentParams() {
    return {
        base::integerParam("units", "Units", "Numbers of the state.", 32, 1, 65536),
        base::switchParam("return_sequences", "Return sequences",
                          "Puts out the state of every step instead of the last one's.", false),
        base::switchParam("bidirectional", "Both directions",
                          "Walks through the sequence from its end too, with weights of their own; the states stand "
                          "side by side.",
                          false),
        base::integerParam("truncation", "Truncation",
                           "Gradients flow back over at most this many steps (truncated backpropagation through "
                           "time); 0: over all.",
                           0, 0, 1'000'000)};
}

ShapeResult recurrentShape(const LayerContext& context) {
    const tensor::Shape& input = context.inputs.front();
    if (input.size() != 2)
        return {base::sentence("A recurrent layer needs a sequence (steps × features), but it gets {0}.",
                               tensor::shapeText(input)),
                base::sentence("Connect it to an embedding, or insert a reshape layer before it.")};
    const std::int64_t width = context.values.integer("units") * (context.values.flag("bidirectional") ? 2 : 1);
    return context.values.flag("return_sequences") ? tensor::Shape{input[0], width} : tensor::Shape{width};
}

std::vector<WeightSpec> recurrentWeights(const LayerContext& context, tensor::Cell cell) {
    const Recurrence r = recurrence(context.inputs.front(), context.values, cell);
    const std::int64_t sums = r.gates() * r.units, features = context.inputs.front().back();
    std::vector<WeightSpec> all;
    for (const char* direction : {"", "_reverse"}) {
        if (*direction && !context.values.flag("bidirectional")) break;
        const auto add = [&](const char* name, tensor::Shape shape) {
            const std::vector<int> axes = shape.size() == 2 ? std::vector<int>{1, 0} : std::vector<int>{};
            // PyTorch draws all of them from ±1/√units.
            all.push_back(
                {name + std::string(direction), std::move(shape), r.units, sums, {"torch_default"}, {}, axes});
        };
        add("weight_ih_l0", {features, sums});
        add("weight_hh_l0", {r.units, sums});
        add("bias_ih_l0", {sums});
        add("bias_hh_l0", {sums});
    }
    return all;
}

ir::ValueId lowerRecurrent(Lowering& lowering, tensor::Cell cell) {
    ir::Graph& graph = lowering.graph;
    Recurrence r = recurrence(graph.value(lowering.inputs[0]).shape, lowering.values, cell);
    const bool sequences = lowering.values.flag("return_sequences");
    ir::ValueId result = lowerDirection(lowering, r, lowering.weights.data());
    if (!sequences) result = lastState(graph, result, r);
    if (!lowering.values.flag("bidirectional")) return result;
    r.backwards = true;
    const ir::ValueId back = lowerDirection(lowering, r, lowering.weights.data() + 4);
    return ir::join(graph, result, sequences ? back : lastState(graph, back, r), sequences ? 1 : 0);
}

std::vector<LayerSample> recurrentSamples() {
    return {{{{3, 2}}, {{"units", 3}}},
            {{{4, 2}}, {{"units", 2}, {"return_sequences", true}}},
            {{{3, 1}}, {{"units", 2}, {"bidirectional", true}}},
            {{{2, 2}}, {{"units", 1}, {"bidirectional", true}, {"return_sequences", true}}},
            {{{1, 3}}, {{"units", 2}}}};
}

}  // namespace perceptory::layers
