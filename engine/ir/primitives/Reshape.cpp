// The same numbers under another shape (`reshaped`); costs nothing, the plan gives both one place in memory.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = operation.reshaped, .batched = graph.value(operation.inputs[0]).batched}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    Graph& graph = gradients.graph();
    const tensor::Shape shape = graph.value(operation.inputs[0]).shape;
    gradients.add(operation.inputs[0], graph.add("reshape", {gradients.of(operation.outputs[0])}, {.reshaped = shape}));
}

}  // namespace

const PrimitiveType ReshapePrimitive{"reshape", shapes, gradient, true};

}  // namespace perceptory::ir
