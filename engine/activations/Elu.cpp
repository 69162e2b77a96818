#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(Elu, where_(x > V(0), x, p * expm1_(x)), where_(x > V(0), V(1), p * exp_(x)))
// clang-format on
UNARY_KERNELS(Elu, "elu")

#ifndef PERCEPTORY_KERNELS

namespace {

std::string onnx(ir::OnnxGraph& graph, const std::string& x, double p) { return graph.add("Elu", {x}, {{"alpha", p}}); }

}  // namespace

extern const ActivationType typeOfElu;
const ActivationType typeOfElu = activationType<EluFormula>(
    {"elu",
     "ELU",
     "y = x for x > 0, else alpha · (e^x − 1). Smooth below 0 and centred better than ReLU (Clevert, Unterthiner, "
     "Hochreiter 2016).",
     {base::numberParam("alpha", "Alpha", "The value approached for very negative inputs is −alpha.", 1, 0, 10)},
     "nn.ELU; ONNX Elu"},
    "F.elu({x}, alpha={p})", onnx);

#endif

}  // namespace perceptory::activations
