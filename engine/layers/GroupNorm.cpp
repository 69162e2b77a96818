// y = (x − mean) / √(variance + ε) · w + b, groups of channels of each sample by themselves. Wu, He 2018.

#include "engine/base/Text.h"
#include "engine/layers/Norms.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    const std::int64_t groups = context.values.integer("groups"), channels = context.inputs.front().back();
    if (channels % groups == 0) return context.inputs.front();
    return {base::sentence("{0} groups do not divide {1} channels.", groups, channels),
            base::sentence("Choose groups that divide them, such as 1.")};
}

std::vector<WeightSpec> weights(const LayerContext& context) {
    if (!context.values.flag("affine")) return {};
    return scaleAndBias({context.inputs.front().back()});
}

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape shape = lowering.graph.value(lowering.inputs[0]).shape;
    const std::int64_t channels = shape.back(), groups = lowering.values.integer("groups");
    const NormGroups parts{tensor::elementCount(shape) / channels, groups, channels / groups};
    return lowerScaleAndBias(lowering, normalizeGroups(lowering, parts), channels);
}

std::string onnx(OnnxLowering& lowering) {
    ir::OnnxGraph& graph = lowering.graph;
    const std::int64_t groups = lowering.values.integer("groups");
    const tensor::Shape channels = onnxShape(lowering.shape());
    const auto all = [&](float value) {
        return graph.constant({groups}, std::vector<float>(static_cast<std::size_t>(groups), value));
    };
    const std::string normal = channelsFirst(lowering, [&](const std::string& x) {
        const std::string parts =
            graph.add("InstanceNormalization", {lowering.reshape(x, {groups, -1}), all(1), all(0)},
                      {{"epsilon", lowering.values.number("epsilon")}});
        const bool sequence = channels.size() == 2;
        return lowering.reshape(parts, sequence ? tensor::Shape{channels[1], channels[0]} : channels);
    });
    if (lowering.weights.empty()) return normal;
    const tensor::Shape spread = onnxChannels(lowering.shape());
    return graph.add("Add", {graph.add("Mul", {normal, lowering.weight(0, spread)}), lowering.weight(1, spread)});
}

std::string torch(TorchLowering& lowering) {
    const std::string self = lowering.part("nn.GroupNorm(" + std::to_string(lowering.values.integer("groups")) + ", " +
                                           std::to_string(lowering.shape().back()) +
                                           ", eps=" + ir::pythonNumber(lowering.values.number("epsilon")) +
                                           (lowering.values.flag("affine") ? ")" : ", affine=False)"));
    return torchChannelsFirst(lowering, [&](const std::string& x) { return self + "(" + x + ")"; });
}

}  // namespace

const LayerType GroupNormLayer{
    {"group_norm",
     "Group normalization",
     "Takes mean and spread out of groups of channels, each sample by itself: y = (x − mean) / √(variance + epsilon) · "
     "weight + bias (Wu, He 2018). Works with small batches.",
     {base::integerParam("groups", "Groups", "How many groups the channels are split into.", 1, 1, 65536),
      epsilonParam(), affineParam(true)},
     "nn.GroupNorm; ONNX Reshape, InstanceNormalization, Mul, Add"},
    "Normalization",
    {"gn", "groupnorm", "normalize"},
    1,
    1,
    shape,
    weights,
    lower,
    onnx,
    torch,
    {{{{2, 3, 4}}, {{"groups", 2}}}, {{{6}}, {{"groups", 3}, {"epsilon", 0.1}}}, {{{2, 2, 2}}, {{"affine", false}}}},
    ValueOrder::Kept};

}  // namespace perceptory::layers
