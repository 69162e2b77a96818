#include "engine/activations/Activation.h"

namespace perceptory::activations {

// The gate (1 + tanh u) / 2 is sigmoid(2u), which keeps its digits where it is small.
// clang-format off
UNARY_FORMULA(GeluTanh, x * sigmoid_(x * (V(1.5957691216057308) + V(0.0713548162726) * x * x)),
              sigmoid_(x * (V(1.5957691216057308) + V(0.0713548162726) * x * x)) + x * (V(1.5957691216057308) + V(0.2140644488178) * x * x)
              * sigmoid_(x * (V(1.5957691216057308) + V(0.0713548162726) * x * x)) * sigmoid_(-x * (V(1.5957691216057308) + V(0.0713548162726) * x * x)))
// clang-format on
UNARY_KERNELS(GeluTanh, "gelu_tanh")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfGeluTanh;
const ActivationType typeOfGeluTanh =
    activationType<GeluTanhFormula>({"gelu_tanh",
                                     "GELU (tanh)",
                                     "y = x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))) / 2: GELU without the error "
                                     "function (Hendrycks, Gimpel 2016).",
                                     {},
                                     "nn.GELU(\"tanh\"); ONNX Mul, Sigmoid"},
                                    "F.gelu({x}, approximate=\"tanh\")");

#endif

}  // namespace perceptory::activations
