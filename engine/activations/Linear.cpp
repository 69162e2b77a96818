#include "engine/activations/Activation.h"

namespace perceptory::activations {

UNARY_FORMULA(Linear, x, V(1))
UNARY_KERNELS(Linear, "linear")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfLinear;
const ActivationType typeOfLinear =
    activationType<LinearFormula>({"linear",
                                   "Linear",
                                   "y = x. Passes its input on; the usual end of a network that predicts numbers or "
                                   "raw scores (logits) (Goodfellow, Bengio, Courville 2016, section 6.2.2).",
                                   {},
                                   "nothing; ONNX nothing"},
                                  "{x}");

#endif

}  // namespace perceptory::activations
