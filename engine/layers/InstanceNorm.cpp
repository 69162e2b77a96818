// y = (x − mean) / √(variance + ε), each channel of each sample by itself. Ulyanov, Vedaldi, Lempitsky 2016.

#include "engine/base/Text.h"
#include "engine/layers/Norms.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    const tensor::Shape& input = context.inputs.front();
    if (input.size() > 1 && tensor::elementCount(input) > input.back()) return input;
    return {base::sentence("Each channel needs several values to be normalized, but it gets {0}.",
                           tensor::shapeText(input)),
            base::sentence("Use layer_norm for rows of numbers.")};
}

std::vector<WeightSpec> weights(const LayerContext& context) {
    if (!context.values.flag("affine")) return {};
    return scaleAndBias({context.inputs.front().back()});
}

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape shape = lowering.graph.value(lowering.inputs[0]).shape;
    const std::int64_t channels = shape.back();
    const NormGroups groups{.rows = tensor::elementCount(shape) / channels, .groups = channels};
    return lowerScaleAndBias(lowering, normalizeGroups(lowering, groups), channels);
}

std::string onnx(OnnxLowering& lowering) {
    const tensor::Shape channels{lowering.shape().back()};
    const auto all = [&](float value) {
        return lowering.graph.constant(channels, std::vector<float>(static_cast<std::size_t>(channels[0]), value));
    };
    const bool affine = !lowering.weights.empty();
    const std::string weight = affine ? lowering.weight(0) : all(1), bias = affine ? lowering.weight(1) : all(0);
    return channelsFirst(lowering, [&](const std::string& x) {
        return lowering.graph.add("InstanceNormalization", {x, weight, bias},
                                  {{"epsilon", lowering.values.number("epsilon")}});
    });
}

std::string torch(TorchLowering& lowering) {
    const std::string size = lowering.shape().size() == 3 ? "2d(" : "1d(";
    const std::string self = lowering.part("nn.InstanceNorm" + size + std::to_string(lowering.shape().back()) +
                                           ", eps=" + ir::pythonNumber(lowering.values.number("epsilon")) +
                                           (lowering.values.flag("affine") ? ", affine=True)" : ")"));
    return torchChannelsFirst(lowering, [&](const std::string& x) { return self + "(" + x + ")"; });
}

}  // namespace

const LayerType InstanceNormLayer{
    {"instance_norm",
     "Instance normalization",
     "Takes mean and spread out of every channel of every sample by itself: y = (x − mean) / √(variance + epsilon) "
     "(Ulyanov, Vedaldi, Lempitsky 2016). Used where the style of a picture shall not matter.",
     {epsilonParam(), affineParam(false)},
     "nn.InstanceNorm2d; ONNX InstanceNormalization"},
    "Normalization",
    {"in", "instancenorm", "normalize"},
    1,
    1,
    shape,
    weights,
    lower,
    onnx,
    torch,
    {{{{2, 3, 2}}}, {{{4, 3}}, {{"epsilon", 0.1}, {"affine", true}}}},
    ValueOrder::Kept};

}  // namespace perceptory::layers
