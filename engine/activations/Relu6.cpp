#include "engine/activations/Activation.h"

namespace perceptory::activations {

// clang-format off
UNARY_FORMULA(Relu6, where_(x < V(0), V(0), where_(x > V(6), V(6), x)),
              where_(x > V(0), where_(x < V(6), V(1), V(0)), V(0)))
// clang-format on
UNARY_KERNELS(Relu6, "relu6")

#ifndef PERCEPTORY_KERNELS

namespace {

std::string onnx(ir::OnnxGraph& graph, const std::string& x, double) {
    return graph.add("Clip", {x, graph.number(0), graph.number(6)});
}

}  // namespace

extern const ActivationType typeOfRelu6;
const ActivationType typeOfRelu6 =
    activationType<Relu6Formula>({"relu6",
                                  "ReLU6",
                                  "y = min(max(0, x), 6), slope 0 at both ends. Bounded, so it survives low precision "
                                  "(Howard et al. 2017, MobileNets).",
                                  {},
                                  "nn.ReLU6; ONNX Clip"},
                                 "F.relu6({x})", onnx);

#endif

}  // namespace perceptory::activations
