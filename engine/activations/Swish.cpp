#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(Swish, x * sigmoid_(x), sigmoid_(x) * (V(1) + x * (V(1) - sigmoid_(x))))
// clang-format on
UNARY_KERNELS(Swish, "swish")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfSwish;
const ActivationType typeOfSwish = activationType<SwishFormula>(
    {"swish",
     "Swish",
     "y = x · sigmoid(x), also called SiLU. Smooth, with a small dip below 0 (Ramachandran, Zoph, Le 2017).",
     {},
     "nn.SiLU; ONNX Sigmoid, Mul"},
    "F.silu({x})");

#endif

}  // namespace perceptory::activations
