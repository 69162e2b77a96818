// dx = f'(x, y)·dy with the derivative of the activation named by `formula`. Inputs: x, y = f(x), dy.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const Value& x = graph.value(operation.inputs[0]);
    return {{.shape = x.shape, .batched = x.batched}};
}

}  // namespace

const PrimitiveType UnaryGradientPrimitive{
    .id = "unary_gradient", .shapes = shapes, .gradient = nullptr, .inPlace = true};

}  // namespace perceptory::ir
