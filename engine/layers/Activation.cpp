// y = f(x), element by element.

#include "engine/activations/Activation.h"

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) { return context.inputs.front(); }

ir::ValueId lower(Lowering& lowering) {
    return lowerActivation(lowering.graph, lowering.inputs[0], lowering.values.kind("activation"));
}

std::string onnx(OnnxLowering& lowering) {
    return onnxActivation(lowering.graph, lowering.x(), lowering.values.kind("activation"));
}

std::string torch(TorchLowering& lowering) { return torchActivation(lowering, lowering.x()); }

}  // namespace

const LayerType ActivationLayer{
    {"activation",
     "Activation",
     "Applies a function to every value: y = f(x) (Goodfellow, Bengio, Courville 2016, section 6.3).",
     {base::kindParam(
         "activation", "Activation", "The function.", "relu", [] { return activations::shelf().kinds(); },
         base::Changes::NextBatch)},
     "the function of its name in torch; the ONNX operator of that name, else composed"},
    "Basic",
    {"nonlinearity", "relu", "tanh", "sigmoid"},
    1,
    1,
    shape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{3}}, {{"activation", "tanh"}}}, {{{2, 2, 2}}, {{"activation", "softplus"}}}},
    ValueOrder::Kept};

}  // namespace perceptory::layers
