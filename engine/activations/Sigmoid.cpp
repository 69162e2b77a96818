#include "engine/activations/Activation.h"

namespace perceptory::activations {

UNARY_FORMULA(Sigmoid, sigmoid_(x), y*(V(1) - y))
UNARY_KERNELS(Sigmoid, "sigmoid")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfSigmoid;
const ActivationType typeOfSigmoid =
    activationType<SigmoidFormula>({"sigmoid",
                                    "Sigmoid",
                                    "y = 1 / (1 + e^−x), between 0 and 1. Reads as a probability; inside deep networks "
                                    "its flat ends slow learning (Rumelhart et al. 1986).",
                                    {},
                                    "nn.Sigmoid; ONNX Sigmoid"},
                                   "torch.sigmoid({x})");

#endif

}  // namespace perceptory::activations
