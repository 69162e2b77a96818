// dx = y · (dy − Σ dy · y) of softmax, dx = dy − exp(y) · Σ dy of its logarithm. Inputs: y, dy; integers as there.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const Value& y = graph.value(operation.inputs[0]);
    return {{.shape = y.shape, .batched = y.batched}};
}

}  // namespace

const PrimitiveType SoftmaxGradientPrimitive{"softmax_gradient", shapes, nullptr};

}  // namespace perceptory::ir
