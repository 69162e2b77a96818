// l = log Σ_k exp(z_k) − z_t.   Inputs: logits z [N, K], class index t [N, 1]; outputs: l [N, 1], p = softmax(z) [N,
// K]. The largest logit is subtracted first, so nothing overflows.   dz = dl·(p − onehot(t))

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = {1}, .batched = true}, {.shape = graph.value(operation.inputs[0]).shape, .batched = true}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId dl = gradients.of(operation.outputs[0]);
    gradients.add(operation.inputs[0], gradients.graph().add("softmax_cross_entropy_gradient",
                                                             {operation.outputs[1], operation.inputs[1], dl}));
}

}  // namespace

const PrimitiveType SoftmaxCrossEntropyPrimitive{"softmax_cross_entropy", shapes, gradient};

}  // namespace perceptory::ir
