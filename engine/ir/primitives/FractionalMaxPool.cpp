// Max pooling whose windows lie at uneven distances, drawn for each sample (Graham 2014): the i-th of n begins at
// ⌊(i + u)·a⌋ − ⌊u·a⌋ with a = (size − window) / (n − 1), the last at the end, as in PyTorch. u is random when
// integers[1] is 1 (integers[0] names the stream), else 1/2. x: [N; H, W, C] → y: [N; H', W', C], and the pixels that
// won.

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    const Value map{.shape = mapShape(operation.window), .batched = true};
    return {map, map};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId x = operation.inputs[0], dy = gradients.of(operation.outputs[0]);
    gradients.add(x, gradients.graph().add("scatter_pixels", {operation.outputs[1], dy}, {.window = operation.window}));
}

}  // namespace

const PrimitiveType FractionalMaxPoolPrimitive{"fractional_max_pool", shapes, gradient, false, poolWork, true};

}  // namespace perceptory::ir
