#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(Mish, x * tanh_(max_(x, V(0)) + log1p_(exp_(-abs_(x)))),
              tanh_(max_(x, V(0)) + log1p_(exp_(-abs_(x)))) + x * sigmoid_(x) * (V(1) - tanh_(max_(x, V(0)) +
              log1p_(exp_(-abs_(x)))) * tanh_(max_(x, V(0)) + log1p_(exp_(-abs_(x))))))
// clang-format on
UNARY_KERNELS(Mish, "mish")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfMish;
const ActivationType typeOfMish =
    activationType<MishFormula>({"mish",
                                 "Mish",
                                 "y = x · tanh(log(1 + e^x)). Smooth, with a small dip below 0 (Misra 2019).",
                                 {},
                                 "nn.Mish; ONNX Softplus, Tanh, Mul"},
                                "F.mish({x})");

#endif

}  // namespace perceptory::activations
