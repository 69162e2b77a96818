// dw[tap, i, o] = Σ_(n, p) x[n, pixel of tap at p, i] · dy[n, p, o].   Inputs: image x, map dy; out: [KH, KW, C/groups,
// O].

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    const tensor::Window& w = operation.window;
    return {{.shape = {w.kernelHeight, w.kernelWidth, w.channels / w.groups, w.mapChannels}}};
}

}  // namespace

const PrimitiveType Conv2dWeightGradientPrimitive{"conv2d_weight_gradient", shapes, nullptr, false, convolutionWork};

}  // namespace perceptory::ir
