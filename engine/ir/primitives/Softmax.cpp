// y = exp(x) / Σ exp(x) over every piece of integers[0] elements; integers[1] = 1: its logarithm, x − log Σ exp(x).

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const Value& x = graph.value(operation.inputs[0]);
    return {{.shape = x.shape, .batched = x.batched}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId y = operation.outputs[0];
    gradients.add(operation.inputs[0],
                  gradients.graph().add("softmax_gradient", {y, gradients.of(y)}, {.integers = operation.integers}));
}

}  // namespace

const PrimitiveType SoftmaxPrimitive{"softmax", shapes, gradient};

}  // namespace perceptory::ir
