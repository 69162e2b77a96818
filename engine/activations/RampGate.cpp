#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(RampGate, x * ((x + x + V(1)) / (abs_(x + V(1)) + abs_(x)) * V(0.5) + V(0.5)),
              where_(x < V(0), where_(x > V(-1), x + x + V(1), V(0)), V(1)))
// clang-format on
UNARY_KERNELS(RampGate, "ramp_gate")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfRampGate;
const ActivationType typeOfRampGate = activationType<RampGateFormula>(
    {"ramp_gate",
     "Ramp gate",
     "y = x · ((x + x + 1) / (|x + 1| + |x|) · 0.5 + 0.5): x for x ≥ 0, 0 for x ≤ −1, the parabola x · (x + 1) "
     "between. A gate without exponentials, from notes of this project (of the kind of SiLU, Elfwing et al. 2018).",
     {},
     "torch.abs and a quotient; ONNX Abs, Add, Div, Mul"});

#endif

}  // namespace perceptory::activations
