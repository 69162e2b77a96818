// An unbatched value of integers[0 … 3] = {T, A, G, B} elements in that order becomes {T, B, G, A}; its new shape is
// `reshaped`. Swapping back is the same operation with A and B exchanged.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) { return {{.shape = operation.reshaped}}; }

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
