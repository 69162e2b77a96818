#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(HardSigmoid, where_(x < V(-3), V(0), where_(x > V(3), V(1), x / V(6) + V(0.5))),
              where_(x > V(-3), where_(x < V(3), V(1.0 / 6), V(0)), V(0)))
// clang-format on
UNARY_KERNELS(HardSigmoid, "hard_sigmoid")

#ifndef PERCEPTORY_KERNELS

namespace {

std::string onnx(ir::OnnxGraph& graph, const std::string& x, double) {
    return graph.add("HardSigmoid", {x}, {{"alpha", 1.0 / 6}, {"beta", 0.5}});
}

}  // namespace

extern const ActivationType typeOfHardSigmoid;
const ActivationType typeOfHardSigmoid =
    activationType<HardSigmoidFormula>({"hard_sigmoid",
                                        "Hard sigmoid",
                                        "y = min(max(0, x + 3), 6) / 6. Three straight pieces instead of the sigmoid; "
                                        "no exponential (Howard et al. 2019).",
                                        {},
                                        "nn.Hardsigmoid; ONNX HardSigmoid"},
                                       "F.hardsigmoid({x})", onnx);

#endif

}  // namespace perceptory::activations
