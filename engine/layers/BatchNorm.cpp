// In training y = (x − mean) / √(variance + ε) · w + b with mean and variance of each channel over the batch and all
// pixels; outside, when frozen, and where a channel has one value only, with their running averages. Ioffe, Szegedy
// 2015; numbers as PyTorch's.

#include "engine/ir/Algebra.h"
#include "engine/layers/Norms.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) { return context.inputs.front(); }

std::vector<WeightSpec> weights(const LayerContext& context) {
    const tensor::Shape channels{context.inputs.front().back()};
    std::vector<WeightSpec> all = scaleAndBias(channels);
    all.push_back({.name = "running_mean", .shape = channels, .initializer = {"zeros"}, .state = true});
    all.push_back({.name = "running_var", .shape = channels, .initializer = {"ones"}, .state = true});
    return all;
}

// old + momentum · (new − old), for the average and the statistic in row `row`; just old where new is old.
void average(Lowering& lowering, std::size_t weight, ir::ValueId statistics, std::int64_t row) {
    ir::Graph& graph = lowering.graph;
    const double momentum = lowering.values.number("momentum");
    const ir::ValueId old = lowering.weights[weight];
    const tensor::Shape channels = graph.value(old).shape;
    const ir::ValueId now = ir::reshape(graph, ir::cut(graph, statistics, 0, row, 1), channels);
    const ir::ValueId change = ir::add(graph, now, ir::affine(graph, old, -1, 0));
    lowering.updates.emplace_back(old, ir::add(graph, old, ir::affine(graph, change, momentum, 0)));
}

ir::ValueId lowerRunning(Lowering& lowering, std::int64_t channels) {
    ir::Graph& graph = lowering.graph;
    const ir::ValueId deviation =
        ir::apply(graph, "square_root", ir::affine(graph, lowering.weights[3], 1, lowering.values.number("epsilon")));
    const ir::ValueId factor = ir::multiply(graph, lowering.weights[0], ir::apply(graph, "reciprocal", deviation));
    const ir::ValueId offset =
        ir::add(graph, lowering.weights[1], ir::affine(graph, ir::multiply(graph, lowering.weights[2], factor), -1, 0));
    return ir::scaleShift(graph, lowering.inputs[0], factor, offset, channels);
}

ir::ValueId lower(Lowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const std::int64_t channels = graph.value(lowering.inputs[0]).shape.back();
    if (!lowering.training || lowering.frozen) return lowerRunning(lowering, channels);
    const ir::ValueId normal =
        graph.add("normalize", {lowering.inputs[0], lowering.weights[2], lowering.weights[3]},
                  {.numbers = {lowering.values.number("epsilon")}, .integers = {0, channels, 1, 1}});
    const ir::ValueId statistics = graph.operations().back().outputs[1];
    average(lowering, 2, statistics, 0);
    average(lowering, 3, statistics, 1);
    return lowerScaleAndBias(lowering, normal, channels);
}

std::string onnx(OnnxLowering& lowering) {
    const double momentum = 1 - lowering.values.number("momentum");
    return channelsFirst(lowering, [&](const std::string& x) {
        return lowering.graph.add("BatchNormalization",
                                  {x, lowering.weight(0), lowering.weight(1), lowering.weight(2), lowering.weight(3)},
                                  {{"epsilon", lowering.values.number("epsilon")}, {"momentum", momentum}});
    });
}

std::string torch(TorchLowering& lowering) {
    const std::string size = lowering.shape().size() == 3 ? "2d(" : "1d(";
    const std::string self = lowering.part("nn.BatchNorm" + size + std::to_string(lowering.shape().back()) +
                                           ", eps=" + ir::pythonNumber(lowering.values.number("epsilon")) +
                                           ", momentum=" + ir::pythonNumber(lowering.values.number("momentum")) + ")");
    return torchChannelsFirst(lowering, [&](const std::string& x) { return self + "(" + x + ")"; });
}

}  // namespace

const LayerType BatchNormLayer{
    {"batch_norm",
     "Batch normalization",
     "Takes mean and spread of every channel, as they are in the batch, out of the values, then scales and shifts them "
     "by learned numbers: y = (x − mean) / √(variance + epsilon) · weight + bias (Ioffe, Szegedy 2015). Outside "
     "training, and in a frozen layer, running averages take the batch's place.",
     {base::numberParam("momentum", "Momentum",
                        "Share of the newest batch in the running averages: running = (1 − m) · running + m · batch.",
                        0.1, 0, 1, base::Changes::Rebuild),
      epsilonParam()},
     "nn.BatchNorm1d or 2d; ONNX BatchNormalization"},
    "Normalization",
    {"bn", "batchnorm", "normalize"},
    1,
    1,
    shape,
    weights,
    lower,
    onnx,
    torch,
    {{{{3}}}, {{{2, 3, 2}}, {{"epsilon", 0.1}}}, {{{4, 5}}}},
    ValueOrder::Kept};

}  // namespace perceptory::layers
