// The values of an image at given pixels, channel by channel. Inputs: pixels (row·W + column) [N; H', W', C], image
// [N; H, W, C]; out: [N; H', W', C]. Turns `scatter_pixels` round.

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = mapShape(operation.window), .batched = true}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    gradients.add(operation.inputs[1],
                  gradients.graph().add("scatter_pixels", {operation.inputs[0], gradients.of(operation.outputs[0])},
                                        {.window = operation.window}));
}

}  // namespace

const PrimitiveType PickPixelsPrimitive{"pick_pixels", shapes, gradient};

}  // namespace perceptory::ir
