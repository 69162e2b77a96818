// Of every piece of integers[0] elements of x, those from integers[1] on, integers[2] of them; y: `reshaped`. With
// integers[3] = 1 the other way round: x fills that place of y's pieces of integers[0], the rest is 0. Each is the
// other's gradient.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = operation.reshaped, .batched = graph.value(operation.inputs[0]).batched}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    std::array<std::int64_t, 4> back = operation.integers;
    back[3] = 1 - back[3];
    const tensor::Shape before = gradients.graph().value(operation.inputs[0]).shape;
    gradients.add(operation.inputs[0], gradients.graph().add("slice", {gradients.of(operation.outputs[0])},
                                                             {.integers = back, .reshaped = before}));
}

}  // namespace

const PrimitiveType SlicePrimitive{"slice", shapes, gradient};

}  // namespace perceptory::ir
