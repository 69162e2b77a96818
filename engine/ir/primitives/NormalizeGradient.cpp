// The gradient of `normalize`, whose file has the formula. Inputs: y, statistics, dy; integers as there.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = graph.value(operation.inputs[0]).shape, .batched = true}};
}

}  // namespace

const PrimitiveType NormalizeGradientPrimitive{
    .id = "normalize_gradient", .shapes = shapes, .gradient = nullptr, .inPlace = true};

}  // namespace perceptory::ir
