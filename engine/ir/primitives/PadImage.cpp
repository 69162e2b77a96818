// The image on a canvas of another size: zeros where it does not reach, cut off where the canvas ends. The image's
// pixel (0, 0) lies at (padTop, padLeft) of the map; negative numbers crop. x: [N; H, W, C] → y: [N; H', W', C]; sizes
// in `window`. The gradient pads back.

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = mapShape(operation.window), .batched = true}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    tensor::Window back = operation.window;
    std::swap(back.height, back.mapHeight);
    std::swap(back.width, back.mapWidth);
    back.padTop = -back.padTop;
    back.padLeft = -back.padLeft;
    gradients.add(operation.inputs[0],
                  gradients.graph().add("pad_image", {gradients.of(operation.outputs[0])}, {.window = back}));
}

}  // namespace

const PrimitiveType PadImagePrimitive{"pad_image", shapes, gradient};

}  // namespace perceptory::ir
