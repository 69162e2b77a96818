#include "engine/activations/Activation.h"

namespace perceptory::activations {

UNARY_FORMULA(Sine, sin_(x), cos_(x))
UNARY_KERNELS(Sine, "sine")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfSine;
const ActivationType typeOfSine =
    activationType<SineFormula>({"sine",
                                 "Sine",
                                 "y = sin(x). Periodic; fits waves and spirals with few units, but is hard to train "
                                 "with large weights (Sitzmann et al. 2020).",
                                 {},
                                 "torch.sin; ONNX Sin"},
                                "torch.sin({x})");

#endif

}  // namespace perceptory::activations
