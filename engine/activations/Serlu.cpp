#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(Serlu, V(1.0786200) * where_(x < V(0), V(2.90427) * x * exp_(x), x),
              V(1.0786200) * where_(x < V(0), V(2.90427) * (V(1) + x) * exp_(x), V(1)))
// clang-format on
UNARY_KERNELS(Serlu, "serlu")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfSerlu;
const ActivationType typeOfSerlu =
    activationType<SerluFormula>({"serlu",
                                  "SERLU",
                                  "y = 1.07862 · x for x ≥ 0, else 1.07862 · 2.90427 · x · e^x. Self-normalising, with "
                                  "a bump below 0 that dies out (Zhang, Li 2018).",
                                  {},
                                  "torch.where of two products; ONNX Where, Exp, Mul"});

#endif

}  // namespace perceptory::activations
