// y_k = exp x_k / Σ exp x over the last axis.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) { return context.inputs.front(); }

ir::ValueId lower(Lowering& lowering) {
    const std::int64_t width = lowering.graph.value(lowering.inputs[0]).shape.back();
    return lowering.graph.add("softmax", {lowering.inputs[0]}, {.integers = {width}});
}

std::string onnx(OnnxLowering& lowering) {
    return lowering.graph.add("Softmax", {lowering.x()}, {{"axis", onnxLastAxis(lowering.shape())}});
}

std::string torch(TorchLowering& lowering) {
    return "torch.softmax(" + lowering.x() + ", dim=" + std::to_string(torchLastAxis(lowering.shape())) + ")";
}

}  // namespace

const LayerType SoftmaxLayer{{"softmax",
                              "Softmax",
                              "Turns the scores along the last axis into probabilities: y = exp x / Σ exp x (Bridle "
                              "1990). Not needed before softmax_cross_entropy, which takes the scores themselves.",
                              {},
                              "nn.Softmax; ONNX Softmax"},
                             "Basic",
                             {"probabilities", "normalize"},
                             1,
                             1,
                             shape,
                             nullptr,
                             lower,
                             onnx,
                             torch,
                             {{{{4}}}, {{{2, 2, 3}}}}};

}  // namespace perceptory::layers
