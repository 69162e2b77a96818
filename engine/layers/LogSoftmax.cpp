// y_k = x_k − log Σ exp x over the last axis.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) { return context.inputs.front(); }

ir::ValueId lower(Lowering& lowering) {
    const std::int64_t width = lowering.graph.value(lowering.inputs[0]).shape.back();
    return lowering.graph.add("softmax", {lowering.inputs[0]}, {.integers = {width, 1}});
}

std::string onnx(OnnxLowering& lowering) {
    return lowering.graph.add("LogSoftmax", {lowering.x()}, {{"axis", onnxLastAxis(lowering.shape())}});
}

std::string torch(TorchLowering& lowering) {
    return "torch.log_softmax(" + lowering.x() + ", dim=" + std::to_string(torchLastAxis(lowering.shape())) + ")";
}

}  // namespace

const LayerType LogSoftmaxLayer{
    {"log_softmax",
     "Log-softmax",
     "The logarithm of softmax, without its overflow: y = x − log Σ exp x along the last axis (Goodfellow, Bengio, "
     "Courville 2016, section 6.2.2). Goes before negative_log_likelihood.",
     {},
     "nn.LogSoftmax; ONNX LogSoftmax"},
    "Basic",
    {"log probabilities"},
    1,
    1,
    shape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{4}}}, {{{2, 2, 3}}}}};

}  // namespace perceptory::layers
