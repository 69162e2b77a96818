// The gradient of `normalize`, whose file has the formula. Inputs: y, statistics, dy; integers as there.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = graph.value(operation.inputs[0]).shape, .batched = true}};
}

}  // namespace

const PrimitiveType NormalizeGradientPrimitive{"normalize_gradient", shapes, nullptr};

}  // namespace perceptory::ir
