#include "engine/activations/Activation.h"

namespace perceptory::activations {

UNARY_FORMULA(Relu, where_(x < V(0), V(0), x), where_(x > V(0), V(1), V(0)))
UNARY_KERNELS(Relu, "relu")

#ifndef PERCEPTORY_KERNELS

namespace {

std::string onnx(ir::OnnxGraph& graph, const std::string& x, double) { return graph.add("Relu", {x}); }

}  // namespace

extern const ActivationType typeOfRelu;
const ActivationType typeOfRelu =
    activationType<ReluFormula>({"relu",
                                 "ReLU",
                                 "y = max(0, x), slope 0 at 0. Fast and the usual choice inside deep networks; a unit "
                                 "whose input stays negative no longer learns (Nair, Hinton 2010).",
                                 {},
                                 "nn.ReLU; ONNX Relu"},
                                "torch.relu({x})", onnx);

#endif

}  // namespace perceptory::activations
