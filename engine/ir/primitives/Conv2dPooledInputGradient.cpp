// conv2d_input_gradient of what max_pool_gradient makes for a 2×2 pool; `window` is the convolution's.
// Inputs: winners, dpooled [N; H'/2, W'/2, O], w with its channel axes swapped, winograd_weights or none.

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = imageShape(operation.window), .batched = true}};
}

}  // namespace

const PrimitiveType Conv2dPooledInputGradientPrimitive{"conv2d_pooled_input_gradient", shapes, nullptr, false,
                                                       convolutionWork};

}  // namespace perceptory::ir
