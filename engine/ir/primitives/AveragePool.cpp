// The mean of what lies under the window, channel by channel. integers[0] = 1: padding counts as zeros.
// x: [N; H, W, C] → y: [N; H', W', C].

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = mapShape(operation.window), .batched = true}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId dy = gradients.of(operation.outputs[0]);
    gradients.add(operation.inputs[0],
                  gradients.graph().add("average_pool_gradient", {dy},
                                        {.integers = operation.integers, .window = operation.window}));
}

}  // namespace

const PrimitiveType AveragePoolPrimitive{"average_pool", shapes, gradient, false, poolWork};

}  // namespace perceptory::ir
