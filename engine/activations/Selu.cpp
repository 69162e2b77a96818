#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(Selu, where_(x > V(0), V(1.0507009873554805) * x, V(1.7580993408473766) * expm1_(x)),
              where_(x > V(0), V(1.0507009873554805), V(1.7580993408473766) * exp_(x)))
// clang-format on
UNARY_KERNELS(Selu, "selu")

#ifndef PERCEPTORY_KERNELS

namespace {

std::string onnx(ir::OnnxGraph& graph, const std::string& x, double) {
    return graph.add("Selu", {x}, {{"alpha", 1.6732632423543772}, {"gamma", 1.0507009873554805}});
}

}  // namespace

extern const ActivationType typeOfSelu;
const ActivationType typeOfSelu =
    activationType<SeluFormula>({"selu",
                                 "SELU",
                                 "y = 1.0507 · x for x > 0, else 1.7581 · (e^x − 1). With lecun_normal weights mean "
                                 "and variance stay near 0 and 1 from layer to layer (Klambauer et al. 2017).",
                                 {},
                                 "nn.SELU; ONNX Selu"},
                                "F.selu({x})", onnx);

#endif

}  // namespace perceptory::activations
