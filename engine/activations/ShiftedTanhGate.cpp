#include "engine/activations/Activation.h"

namespace perceptory::activations {

// The gate (1 + tanh u) / 2 is sigmoid(2u), which keeps its digits where it is small.
// clang-format off
UNARY_FORMULA(ShiftedTanhGate, x * sigmoid_(x + x + V(2)),
              sigmoid_(x + x + V(2)) + (x + x) * sigmoid_(x + x + V(2)) * sigmoid_(-x - x - V(2)))
// clang-format on
UNARY_KERNELS(ShiftedTanhGate, "shifted_tanh_gate")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfShiftedTanhGate;
const ActivationType typeOfShiftedTanhGate = activationType<ShiftedTanhGateFormula>(
    {"shifted_tanh_gate",
     "Shifted tanh gate",
     "y = 0.5 · x · (tanh(x + 1) + 1): a gate that opens around −1, so that small negative inputs still pass; from "
     "notes of this project (of the kind of SiLU, Elfwing et al. 2018).",
     {},
     "a product with torch.tanh; ONNX Add, Sigmoid, Mul"});

#endif

}  // namespace perceptory::activations
