#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(Elish, where_(x < V(0), expm1_(x), x) * sigmoid_(x),
              where_(x < V(0), exp_(x) * sigmoid_(x) + expm1_(x) * sigmoid_(x) * (V(1) - sigmoid_(x)), sigmoid_(x)
              * (V(1) + x * (V(1) - sigmoid_(x)))))
// clang-format on
UNARY_KERNELS(Elish, "elish")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfElish;
const ActivationType typeOfElish =
    activationType<ElishFormula>({"elish",
                                  "ELiSH",
                                  "y = x · sigmoid(x) for x ≥ 0, else (e^x − 1) · sigmoid(x) (Basirat, Roth 2018).",
                                  {},
                                  "torch.where of two products; ONNX Where, Exp, Sigmoid, Mul"});

#endif

}  // namespace perceptory::activations
