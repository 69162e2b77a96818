#include "engine/activations/Activation.h"

namespace perceptory::activations {

UNARY_FORMULA(Gelu, V(0.5) * x * (V(1) + erf_(x * V(0.7071067811865476))),
              V(0.5) * (V(1) + erf_(x * V(0.7071067811865476))) + x * exp_(V(-0.5) * x * x) * V(0.3989422804014327))
UNARY_KERNELS(Gelu, "gelu")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfGelu;
const ActivationType typeOfGelu =
    activationType<GeluFormula>({"gelu",
                                 "GELU",
                                 "y = x · Φ(x) with the normal distribution Φ(x) = (1 + erf(x / √2)) / 2, in its exact "
                                 "form (Hendrycks, Gimpel 2016). Common in transformers.",
                                 {},
                                 "nn.GELU; ONNX Erf, Add, Mul"},
                                "F.gelu({x})");

#endif

}  // namespace perceptory::activations
