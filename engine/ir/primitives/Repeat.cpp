// y(o, k, i) = x(o, i): every piece of integers[0] = I elements k times in a row. x: [O·I] elements, y: `reshaped`, for
// each sample when integers[1] is 1; then an unbatched x stands for every sample. How often follows from the two sizes.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = operation.reshaped, .batched = operation.integers[1] == 1}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId x = operation.inputs[0];
    const Value& before = gradients.graph().value(x);
    gradients.add(x, gradients.graph().add(
                         "fold", {gradients.of(operation.outputs[0]), none},
                         {.integers = {operation.integers[0], before.batched ? 1 : 0}, .reshaped = before.shape}));
}

}  // namespace

const PrimitiveType RepeatPrimitive{"repeat", shapes, gradient};

}  // namespace perceptory::ir
