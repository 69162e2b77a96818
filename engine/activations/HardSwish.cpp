#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(HardSwish, x * where_(x < V(-3), V(0), where_(x > V(3), V(1), x / V(6) + V(0.5))),
              where_(x > V(-3), where_(x < V(3), x / V(3) + V(0.5), V(1)), V(0)))
// clang-format on
UNARY_KERNELS(HardSwish, "hard_swish")

#ifndef PERCEPTORY_KERNELS

namespace {

std::string onnx(ir::OnnxGraph& graph, const std::string& x, double) { return graph.add("HardSwish", {x}); }

}  // namespace

extern const ActivationType typeOfHardSwish;
const ActivationType typeOfHardSwish = activationType<HardSwishFormula>(
    {"hard_swish",
     "Hard swish",
     "y = x · min(max(0, x + 3), 6) / 6. Swish without exponentials (Howard et al. 2019, MobileNetV3).",
     {},
     "nn.Hardswish; ONNX HardSwish"},
    "F.hardswish({x})", onnx);

#endif

}  // namespace perceptory::activations
