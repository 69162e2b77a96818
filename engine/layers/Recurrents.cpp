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

// ONNX's name for a cell, and its gates as PyTorch counts them.
struct OnnxCell {
    const char* type;
    std::vector<std::int64_t> gates;
};

OnnxCell onnxCell(tensor::Cell cell) {
    if (cell == tensor::Cell::Simple) return {"RNN", {0}};
    if (cell == tensor::Cell::Lstm) return {"LSTM", {0, 3, 1, 2}};
    return {"GRU", {1, 0, 2}};
}

// Appends the rows of a weight, the gates in this order.
void appendGates(const std::vector<float>& weight, const std::vector<std::int64_t>& gates, std::vector<float>& to) {
    const std::ptrdiff_t gate = std::ssize(weight) / std::ssize(gates);
    for (const std::int64_t from : gates)
        to.insert(to.end(), weight.begin() + from * gate, weight.begin() + (from + 1) * gate);
}

// W, R and B of all directions.
std::vector<std::string> onnxGates(OnnxLowering& lowering, const OnnxCell& cell, std::int64_t units) {
    const std::int64_t directions = std::ssize(lowering.weights) / 4, sums = std::ssize(cell.gates) * units;
    std::vector<float> all[3];
    for (std::size_t i = 0; i < lowering.weights.size(); ++i)
        appendGates(lowering.numbers(i), cell.gates, all[std::min<std::size_t>(i % 4, 2)]);
    const std::int64_t features = lowering.shape().back();
    return {lowering.graph.constant({directions, sums, features}, std::move(all[0])),
            lowering.graph.constant({directions, sums, units}, std::move(all[1])),
            lowering.graph.constant({directions, 2 * sums}, std::move(all[2]))};
}

// How many steps of each sequence come before the padding behind its end.
std::string onnxLengths(OnnxLowering& lowering) {
    ir::OnnxGraph& graph = lowering.graph;
    std::vector<float> places;
    for (std::int64_t step = 1; step <= lowering.shape()[0]; ++step) places.push_back(static_cast<float>(step));
    const std::string padding = graph.add("Equal", {lowering.mask, graph.number(0)});
    const std::string steps =
        graph.add("Where", {padding, graph.number(0), graph.constant({lowering.shape()[0]}, std::move(places))});
    const std::string last =
        graph.add("ReduceMax", {steps}, {{"axes", std::vector<std::int64_t>{1}}, {"keepdims", std::int64_t{0}}});
    return graph.add("Cast", {last}, {{"to", ir::onnxInt32}});
}

// ONNX puts out 0 behind the end of a sequence; here the forward state stays as it is.
std::string onnxHeldStates(OnnxLowering& lowering, const std::string& states, const std::string& last,
                           std::int64_t units) {
    ir::OnnxGraph& graph = lowering.graph;
    const std::int64_t steps = lowering.shape()[0], directions = std::ssize(lowering.weights) / 4;
    // [D, N, H] to [N, 1, D, H], without the backward state, which comes from the end and is 0 there.
    std::string held = lowering.reshape(lowering.transpose(last, {1, 0, 2}), {1, directions, units});
    if (directions == 2) held = graph.add("Mul", {held, graph.constant({2, 1}, {1, 0})});
    const std::string padding = lowering.reshape(graph.add("Equal", {lowering.mask, graph.number(0)}), {steps, 1, 1});
    return graph.add("Where", {padding, held, states});
}

// nn.RNN, nn.LSTM or nn.GRU, as a part.
std::string torchCell(TorchLowering& lowering, tensor::Cell cell, bool both) {
    return lowering.part(std::string("nn.") + onnxCell(cell).type + "(" + std::to_string(lowering.shape()[1]) + ", " +
                         std::to_string(lowering.values.integer("units")) + ", batch_first=True" +
                         (both ? ", bidirectional=True)" : ")"));
}

std::string lengthsOf(TorchLowering& lowering) {
    return lowering.code.define(
               "lengths_of",
               "def {name}(mask):\n"
               "    \"\"\"How many steps of each sequence come before the padding behind its end.\"\"\"\n"
               "    steps = torch.arange(1, mask.shape[1] + 1, device=mask.device)\n"
               "    return (steps * (mask != 0)).amax(dim=1)\n") +
           "(" + lowering.mask + ")";
}

// PyTorch packs no sequence without a step, so an empty one gets one that does not count.
std::string packed(TorchLowering& lowering, const std::string& lengths) {
    return lowering.let("packed", "nn.utils.rnn.pack_padded_sequence(" + lowering.x() + ", " + lengths +
                                      ".clamp(min=1).cpu(), batch_first=True, enforce_sorted=False)");
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

std::string onnxRecurrent(OnnxLowering& lowering, tensor::Cell cell) {
    ir::OnnxGraph& graph = lowering.graph;
    const OnnxCell known = onnxCell(cell);
    const std::int64_t units = lowering.values.integer("units"), steps = lowering.shape()[0];
    const bool both = lowering.values.flag("bidirectional");
    const std::vector<std::string> gates = onnxGates(lowering, known, units);
    std::vector<std::string> inputs{lowering.transpose(lowering.x(), {1, 0, 2}), gates[0], gates[1], gates[2]};
    if (!lowering.mask.empty()) inputs.push_back(onnxLengths(lowering));
    ir::OnnxAttributes attributes{{"hidden_size", units}, {"direction", both ? "bidirectional" : "forward"}};
    if (cell == tensor::Cell::Gru) attributes.emplace_back("linear_before_reset", std::int64_t{1});
    const std::vector<std::string> outputs = graph.addSeveral(known.type, 2, std::move(inputs), std::move(attributes));
    const std::int64_t width = both ? 2 * units : units;
    if (!lowering.values.flag("return_sequences"))
        return lowering.reshape(lowering.transpose(outputs[1], {1, 0, 2}), {width});
    std::string states = lowering.transpose(outputs[0], {2, 0, 1, 3});
    if (!lowering.mask.empty()) states = onnxHeldStates(lowering, states, outputs[1], units);
    return lowering.reshape(states, {steps, width});
}

std::string torchRecurrent(TorchLowering& lowering, tensor::Cell cell) {
    const bool lstm = cell == tensor::Cell::Lstm, both = lowering.values.flag("bidirectional");
    const std::int64_t truncation = lowering.values.integer("truncation");
    if (truncation > 0 && truncation < lowering.shape()[0])
        lowering.differs = base::sentence("Gradients flow back over all steps, not over {0}.", truncation);
    const std::string self = torchCell(lowering, cell, both);
    const bool padded = !lowering.mask.empty(), sequences = lowering.values.flag("return_sequences");
    if (!padded && sequences) return self + "(" + lowering.x() + ")[0]";
    const auto take = [&](const char* suffix) { return lowering.place.names.take(lowering.name + suffix); };
    const std::string states = take("_states"), last = take("_last");
    const std::string lengths = padded ? lowering.let("lengths", lengthsOf(lowering)) : "";
    lowering.place.forward.push_back(states + ", " + (lstm ? "(" + last + ", " + take("_cell") + ")" : last) + " = " +
                                     self + "(" + (padded ? packed(lowering, lengths) : lowering.x()) + ")");
    if (padded) lowering.place.forward.push_back(last + " = " + last + " * (" + lengths + " > 0).unsqueeze(1)");
    if (!sequences) return both ? last + ".transpose(0, 1).flatten(1)" : last + "[0]";
    // Behind the end of a sequence the forward state stays as it is; the backward one comes from there and is 0.
    const std::string all =
        lowering.let("steps", "nn.utils.rnn.pad_packed_sequence(" + states +
                                  ", batch_first=True, total_length=" + std::to_string(lowering.shape()[0]) + ")[0]");
    const std::string held =
        both ? "torch.cat([" + last + "[0], torch.zeros_like(" + last + "[1])], dim=1)" : last + "[0]";
    return "torch.where((" + lowering.mask + " == 0).unsqueeze(2), " + held + ".unsqueeze(1), " + all + ")";
}

std::vector<LayerSample> recurrentSamples() {
    return {{{{3, 2}}, {{"units", 3}}},
            {{{4, 2}}, {{"units", 2}, {"return_sequences", true}}},
            {{{3, 1}}, {{"units", 2}, {"bidirectional", true}}},
            {{{2, 2}}, {{"units", 1}, {"bidirectional", true}, {"return_sequences", true}}},
            {{{1, 3}}, {{"units", 2}}}};
}

}  // namespace perceptory::layers
