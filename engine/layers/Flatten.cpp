// The same numbers in one row: {H, W, C} → {H·W·C}. PyTorch orders them (C, H, W); the layer behind knows when it
// exchanges weights.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) { return tensor::Shape{tensor::elementCount(context.inputs.front())}; }

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape& from = lowering.graph.value(lowering.inputs[0]).shape;
    return lowering.graph.add("reshape", {lowering.inputs[0]}, {.reshaped = {tensor::elementCount(from)}});
}

std::string onnx(OnnxLowering& lowering) {
    return lowering.graph.add("Flatten", {lowering.x()}, {{"axis", std::int64_t{1}}});
}

std::string torch(TorchLowering& lowering) { return "torch.flatten(" + lowering.x() + ", 1)"; }

}  // namespace

const LayerType FlattenLayer{{"flatten",
                              "Flatten",
                              "Puts all values of a sample into one row, {H, W, C} → {H·W·C}, so that a dense layer "
                              "can read them (as PyTorch has it, Paszke et al. 2019).",
                              {},
                              "torch.flatten, axes as PyTorch orders them; ONNX Flatten"},
                             "Shape",
                             {"reshape", "vector"},
                             1,
                             1,
                             shape,
                             nullptr,
                             lower,
                             onnx,
                             torch,
                             {{{{2, 3, 2}}}, {{{4}}}},
                             ValueOrder::Flattened,
                             {},
                             nullptr,
                             true};

}  // namespace perceptory::layers
