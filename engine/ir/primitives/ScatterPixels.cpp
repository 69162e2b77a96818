// Adds every value to the pixel given for it, channel by channel; with integers[0] = 1 the last one stays, as in
// PyTorch's unpooling. Inputs: pixels (row·W + column), values [N; H', W', C]; out: [N; H, W, C]. Turns `pick_pixels`
// round.

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = imageShape(operation.window), .batched = true}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    gradients.add(operation.inputs[1],
                  gradients.graph().add("pick_pixels", {operation.inputs[0], gradients.of(operation.outputs[0])},
                                        {.window = operation.window}));
}

}  // namespace

const PrimitiveType ScatterPixelsPrimitive{"scatter_pixels", shapes, gradient};

}  // namespace perceptory::ir
