#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(Softsign, x / (V(1) + abs_(x)),
              V(1) / ((V(1) + abs_(x)) * (V(1) + abs_(x))))
// clang-format on
UNARY_KERNELS(Softsign, "softsign")

#ifndef PERCEPTORY_KERNELS

namespace {

std::string onnx(ir::OnnxGraph& graph, const std::string& x, double) { return graph.add("Softsign", {x}); }

}  // namespace

extern const ActivationType typeOfSoftsign;
const ActivationType typeOfSoftsign = activationType<SoftsignFormula>(
    {"softsign",
     "Softsign",
     "y = x / (1 + |x|), between −1 and 1. Like tanh, but it approaches its ends more slowly (Glorot, Bengio 2010).",
     {},
     "nn.Softsign; ONNX Softsign"},
    "F.softsign({x})", onnx);

#endif

}  // namespace perceptory::activations
