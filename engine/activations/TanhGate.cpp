#include "engine/activations/Activation.h"

namespace perceptory::activations {

// The gate (1 + tanh u) / 2 is sigmoid(2u), which keeps its digits where it is small.
// clang-format off
UNARY_FORMULA(TanhGate, x * sigmoid_(x + x),
              sigmoid_(x + x) + (x + x) * sigmoid_(x + x) * sigmoid_(-x - x))
// clang-format on
UNARY_KERNELS(TanhGate, "tanh_gate")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfTanhGate;
const ActivationType typeOfTanhGate =
    activationType<TanhGateFormula>({"tanh_gate",
                                     "Tanh gate",
                                     "y = 0.5 · x · (tanh x + 1): the input times a gate that opens around 0. The same "
                                     "curve as Swish of 2x, halved (as SiLU, Elfwing et al. 2018).",
                                     {},
                                     "a product with torch.tanh; ONNX Add, Sigmoid, Mul"});

#endif

}  // namespace perceptory::activations
