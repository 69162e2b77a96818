#include "engine/activations/Activation.h"

namespace perceptory::activations {

UNARY_FORMULA(Tanh, tanh_(x), V(1) - y * y)
UNARY_KERNELS(Tanh, "tanh")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfTanh;
const ActivationType typeOfTanh =
    activationType<TanhFormula>({"tanh",
                                 "Tanh",
                                 "y = tanh(x), between −1 and 1 and centred on 0. Smooth; a good first choice for "
                                 "small networks (LeCun et al. 1998).",
                                 {},
                                 "nn.Tanh; ONNX Tanh"},
                                "torch.tanh({x})");

#endif

}  // namespace perceptory::activations
