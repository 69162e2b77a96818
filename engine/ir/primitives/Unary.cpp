// y = f(x), element by element; f is the activation named by `formula`, numbers[0] its parameter.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const Value& x = graph.value(operation.inputs[0]);
    return {{.shape = x.shape, .batched = x.batched}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId x = operation.inputs[0], y = operation.outputs[0];
    gradients.add(x, gradients.graph().add("unary_gradient", {x, y, gradients.of(y)},
                                           {.numbers = operation.numbers, .formula = operation.formula}));
}

}  // namespace

const PrimitiveType UnaryPrimitive{.id = "unary", .shapes = shapes, .gradient = gradient, .inPlace = true};

}  // namespace perceptory::ir
