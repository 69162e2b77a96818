// l = loss(o, t), element by element, by the loss named by `formula`, numbers[0] its parameter. Inputs: outputs o [N,
// K], targets t [N, K].

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = graph.value(operation.inputs[0]).shape, .batched = true}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId o = operation.inputs[0], t = operation.inputs[1];
    gradients.add(o, gradients.graph().add("loss_gradient", {o, t, gradients.of(operation.outputs[0])},
                                           {.numbers = operation.numbers, .formula = operation.formula}));
}

}  // namespace

const PrimitiveType LossPrimitive{"loss", shapes, gradient};

}  // namespace perceptory::ir
