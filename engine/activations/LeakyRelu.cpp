#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(LeakyRelu, where_(x > V(0), x, p * x), where_(x > V(0), V(1), p))
// clang-format on
UNARY_KERNELS(LeakyRelu, "leaky_relu")

#ifndef PERCEPTORY_KERNELS

namespace {

std::string onnx(ir::OnnxGraph& graph, const std::string& x, double p) {
    return graph.add("LeakyRelu", {x}, {{"alpha", p}});
}

}  // namespace

extern const ActivationType typeOfLeakyRelu;
const ActivationType typeOfLeakyRelu = activationType<LeakyReluFormula>(
    {"leaky_relu",
     "Leaky ReLU",
     "y = x for x > 0, else slope · x. Like ReLU, but negative inputs keep a small gradient, so no unit dies (Maas et "
     "al. 2013).",
     {base::numberParam("slope", "Slope", "Slope for negative inputs.", 0.01, 0, 10)},
     "nn.LeakyReLU; ONNX LeakyRelu"},
    "F.leaky_relu({x}, {p})", onnx);

#endif

}  // namespace perceptory::activations
