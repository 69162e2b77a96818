// Elements {T, A, G, B} become {T, B, G, A}: integers[1 … 3] = A, G, B, T is the rest, the batch included; the new
// shape is `reshaped`. Swapping back is the same operation with A and B exchanged.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = operation.reshaped, .batched = graph.value(operation.inputs[0]).batched}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const auto& [t, a, g, b] = operation.integers;
    Graph& graph = gradients.graph();
    const tensor::Shape before = graph.value(operation.inputs[0]).shape;
    gradients.add(operation.inputs[0], graph.add("swap_axes", {gradients.of(operation.outputs[0])},
                                                 {.integers = {t, b, g, a}, .reshaped = before}));
}

}  // namespace

const PrimitiveType SwapAxesPrimitive{"swap_axes", shapes, gradient};

}  // namespace perceptory::ir
