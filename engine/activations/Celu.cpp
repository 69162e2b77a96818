#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(Celu, where_(x > V(0), x, p * expm1_(x / p)),
              where_(x > V(0), V(1), exp_(x / p)))
// clang-format on
UNARY_KERNELS(Celu, "celu")

#ifndef PERCEPTORY_KERNELS

namespace {

std::string onnx(ir::OnnxGraph& graph, const std::string& x, double p) {
    return graph.add("Celu", {x}, {{"alpha", p}});
}

}  // namespace

extern const ActivationType typeOfCelu;
const ActivationType typeOfCelu = activationType<CeluFormula>(
    {"celu",
     "CELU",
     "y = x for x > 0, else alpha · (e^(x / alpha) − 1). Like ELU, but its slope is continuous for every alpha (Barron "
     "2017).",
     {base::numberParam("alpha", "Alpha", "The value approached for very negative inputs is −alpha.", 1, 0.01, 10)},
     "nn.CELU; ONNX Celu"},
    "F.celu({x}, alpha={p})", onnx);

#endif

}  // namespace perceptory::activations
