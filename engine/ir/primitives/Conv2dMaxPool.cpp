// conv2d with a 2×2 maximum pool behind it, y = max over the pool, with ReLU between when integers[0] = 1; `window` is
// the convolution's. Made by the pass in engine/ir/Fusion.cpp, after gradients were derived.
// x, w, b or none, winograd_weights or none → y [N; H'/2, W'/2, O], and the pixel of the map each value came from.

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    const Value pooled{.shape = pooledShape(operation.window), .batched = true};
    return {pooled, pooled};
}

}  // namespace

const PrimitiveType Conv2dMaxPoolPrimitive{"conv2d_max_pool", shapes, nullptr, false, convolutionWork};

}  // namespace perceptory::ir
