#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(LogSigmoid, min_(x, V(0)) - log1p_(exp_(-abs_(x))),
              sigmoid_(-x))
// clang-format on
UNARY_KERNELS(LogSigmoid, "log_sigmoid")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfLogSigmoid;
const ActivationType typeOfLogSigmoid = activationType<LogSigmoidFormula>(
    {"log_sigmoid",
     "Log sigmoid",
     "y = log(sigmoid(x)), always below 0. Gives log-probabilities (Goodfellow, Bengio, Courville 2016, section 3.10).",
     {},
     "nn.LogSigmoid; ONNX Softplus, Min, Sub"},
    "F.logsigmoid({x})");

#endif

}  // namespace perceptory::activations
