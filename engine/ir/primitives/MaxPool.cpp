// The largest value under the window, channel by channel; the first of equals wins, as in PyTorch.
// x: [N; H, W, C] → y: [N; H', W', C], and the pixel (row·W + column) each value came from, in the same shape.

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    const Value map{.shape = mapShape(operation.window), .batched = true};
    return {map, map};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId dy = gradients.of(operation.outputs[0]);
    gradients.add(operation.inputs[0],
                  gradients.graph().add("max_pool_gradient", {operation.outputs[1], dy}, {.window = operation.window}));
}

}  // namespace

const PrimitiveType MaxPoolPrimitive{"max_pool", shapes, gradient, false, poolWork};

}  // namespace perceptory::ir
