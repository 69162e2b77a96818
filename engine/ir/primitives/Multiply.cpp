// y = a · b, value by value, equal shapes.   da = dy · b, db = dy · a

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const Value& a = graph.value(operation.inputs[0]);
    return {{.shape = a.shape, .batched = a.batched}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId a = operation.inputs[0], b = operation.inputs[1], dy = gradients.of(operation.outputs[0]);
    if (gradients.wanted(a)) gradients.add(a, gradients.graph().add("multiply", {dy, b}));
    if (gradients.wanted(b)) gradients.add(b, gradients.graph().add("multiply", {dy, a}));
}

}  // namespace

const PrimitiveType MultiplyPrimitive{.id = "multiply", .shapes = shapes, .gradient = gradient, .inPlace = true};

}  // namespace perceptory::ir
