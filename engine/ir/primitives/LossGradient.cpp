// do = dl · ∂loss(o, t)/∂o by the loss named by `formula`. Inputs: o, t, dl, all [N, K].

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = graph.value(operation.inputs[0]).shape, .batched = true}};
}

}  // namespace

const PrimitiveType LossGradientPrimitive{"loss_gradient", shapes, nullptr};

}  // namespace perceptory::ir
