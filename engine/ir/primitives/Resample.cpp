// The image at another size: every value of the map is a weighted mean of pixels, row weights times column weights,
// channel by channel. integers[0] says which weights (tensor::Resampling), integers[1] = 1 goes the way back: the
// transpose. x: [N; H, W, C] → y: [N; H', W', C]; sizes in `window`.

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    const bool back = operation.integers[1] == 1;
    return {{.shape = back ? imageShape(operation.window) : mapShape(operation.window), .batched = true}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId dy = gradients.of(operation.outputs[0]);
    gradients.add(operation.inputs[0],
                  gradients.graph().add(
                      "resample", {dy},
                      {.integers = {operation.integers[0], 1 - operation.integers[1]}, .window = operation.window}));
}

}  // namespace

const PrimitiveType ResamplePrimitive{"resample", shapes, gradient};

}  // namespace perceptory::ir
