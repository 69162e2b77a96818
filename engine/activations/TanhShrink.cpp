#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(TanhShrink, x - tanh_(x),
              tanh_(x) * tanh_(x))
// clang-format on
UNARY_KERNELS(TanhShrink, "tanh_shrink")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfTanhShrink;
const ActivationType typeOfTanhShrink =
    activationType<TanhShrinkFormula>({"tanh_shrink",
                                       "Tanh shrink",
                                       "y = x − tanh(x). Flat around 0: small inputs are pressed together (as Torch "
                                       "has it, Collobert, Kavukcuoglu, Farabet 2011).",
                                       {},
                                       "nn.Tanhshrink; ONNX Tanh, Sub"},
                                      "F.tanhshrink({x})");

#endif

}  // namespace perceptory::activations
