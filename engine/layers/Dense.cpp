// y = f(x·W + b).   x: [N, F], W: [F, U], b: [U], y: [N, U]; f is the activation. Of a sequence [N, T, F] every step.
// PyTorch's Linear holds W as [U, F].

#include "engine/base/Text.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/SlidingWindows.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    const tensor::Shape& input = context.inputs.front();
    if (input.size() > 2)
        return {base::sentence("A dense layer needs a row of numbers, but it gets {0}.", tensor::shapeText(input)),
                base::sentence("Insert a flatten layer before it.")};
    tensor::Shape output = input;
    output.back() = context.values.integer("units");
    return output;
}

std::vector<WeightSpec> weights(const LayerContext& context) {
    const std::int64_t inputs = context.inputs.front().back();
    const std::int64_t units = context.values.integer("units");
    return kernelAndBias(context,
                         {.name = "weight",
                          .shape = {inputs, units},
                          .fanIn = inputs,
                          .fanOut = units,
                          .torchAxes = {1, 0},
                          .readsFeatures = true},
                         units);
}

ir::ValueId lower(Lowering& lowering) {
    const ir::ValueId bias = lowering.weights.size() > 1 ? lowering.weights[1] : ir::none;
    const ir::ValueId z = lowering.graph.add("matrix_product", {lowering.inputs[0], lowering.weights[0], bias});
    return lowerActivation(lowering.graph, z, lowering.values.kind("activation"));
}

std::string onnx(OnnxLowering& lowering) {
    return onnxActivation(lowering.graph, onnxLinear(lowering), lowering.values.kind("activation"));
}

std::string torch(TorchLowering& lowering) {
    return torchActivation(lowering, torchLinear(lowering, lowering.values.integer("units")));
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all{
        base::integerParam("units", "Units", "Number of neurons.", 4, 1, 10'000'000),
        base::switchParam("bias", "Bias", "Adds a number of its own to every unit.", true)};
    for (base::ParamType& parameter : kernelParams()) all.push_back(std::move(parameter));
    return all;
}

}  // namespace

const LayerType DenseLayer{
    {"dense", "Dense",
     "Every unit adds up all inputs, each times a weight of its own, plus a bias, and applies the activation: y = "
     "f(x·W + b) (Rosenblatt 1958).",
     parameters(), "nn.Linear; ONNX Gemm, MatMul + Add behind sequences"},
    "Basic",
    {"fc", "linear", "fully connected", "neurons"},
    1,
    1,
    shape,
    weights,
    lower,
    onnx,
    torch,
    {{{{3}}, {{"units", 2}}},
     {{{3, 4}}, {{"units", 2}}},
     {{{5}}, {{"units", 4}, {"bias", false}, {"activation", "tanh"}}},
     {{{2}}, {{"units", 20}, {"activation", {{"type", "elu"}, {"parameters", {{"alpha", 0.5}}}}}}}}};

}  // namespace perceptory::layers
