// y = (x − mean) / √(variance + ε) · w + b, each sample by itself: over a whole row or image, or over the features of
// each step of a sequence. Ba, Kiros, Hinton 2016.

#include "engine/layers/Norms.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) { return context.inputs.front(); }

// What is normalized together.
tensor::Shape together(const tensor::Shape& input) { return input.size() == 2 ? tensor::Shape{input.back()} : input; }

std::vector<WeightSpec> weights(const LayerContext& context) {
    const tensor::Shape shape = together(context.inputs.front());
    return scaleAndBias(shape, shape.size() == 3 ? std::vector<int>{2, 0, 1} : std::vector<int>{});
}

ir::ValueId lower(Lowering& lowering) {
    const std::int64_t width = tensor::elementCount(together(lowering.graph.value(lowering.inputs[0]).shape));
    return lowerScaleAndBias(lowering, normalizeGroups(lowering, {.inner = width}), width);
}

std::string onnx(OnnxLowering& lowering) {
    return lowering.graph.add("LayerNormalization", {lowering.x(), lowering.weight(0), lowering.weight(1)},
                              {{"axis", std::int64_t{lowering.shape().size() == 3 ? 1 : -1}},
                               {"epsilon", lowering.values.number("epsilon")}});
}

std::string torch(TorchLowering& lowering) {
    return lowering.part("nn.LayerNorm(" + ir::pythonList(torchShape(together(lowering.shape()))) +
                         ", eps=" + ir::pythonNumber(lowering.values.number("epsilon")) + ")") +
           "(" + lowering.x() + ")";
}

}  // namespace

const LayerType LayerNormLayer{
    {"layer_norm",
     "Layer normalization",
     "Takes mean and spread out of each sample by itself, for a sequence out of each step: y = (x − mean) / √(variance "
     "+ epsilon) · weight + bias (Ba, Kiros, Hinton 2016). Does not depend on the batch.",
     {epsilonParam()},
     "nn.LayerNorm; ONNX LayerNormalization"},
    "Normalization",
    {"ln", "layernorm", "normalize"},
    1,
    1,
    shape,
    weights,
    lower,
    onnx,
    torch,
    {{{{5}}}, {{{3, 4}}, {{"epsilon", 0.1}}}, {{{2, 3, 2}}}},
    ValueOrder::Kept};

}  // namespace perceptory::layers
