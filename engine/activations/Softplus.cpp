#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(Softplus, where_(V(20) < p * x, x, log1p_(exp_(min_(V(20), p * x))) / p),
              where_(V(20) < p * x, V(1), sigmoid_(p * x)))
// clang-format on
UNARY_KERNELS(Softplus, "softplus")

#ifndef PERCEPTORY_KERNELS

namespace {

std::string onnx(ir::OnnxGraph& graph, const std::string& x, double p) {
    if (p == 1) return graph.add("Softplus", {x});
    const std::string scaled = graph.add("Softplus", {graph.add("Mul", {x, graph.number(p)})});
    return graph.add("Div", {scaled, graph.number(p)});
}

}  // namespace

extern const ActivationType typeOfSoftplus;
const ActivationType typeOfSoftplus = activationType<SoftplusFormula>(
    {"softplus",
     "Softplus",
     "y = log(1 + e^(beta · x)) / beta, taken as x where beta · x > 20. A smooth ReLU whose slope is the sigmoid "
     "(Dugas et al. 2001).",
     {base::numberParam("beta", "Beta", "The larger, the closer to ReLU.", 1, 0.01, 100)},
     "nn.Softplus; ONNX Mul, Softplus, Div"},
    "F.softplus({x}, beta={p})", onnx);

#endif

}  // namespace perceptory::activations
