// l = log Σ_k exp(z_k) − Σ_k q_k·z_k, q the target: 1 − ε + ε/K at the class t, ε/K elsewhere, ε = numbers[0]. Inputs:
// logits z [N; …, K], class indices t [N; …]; outputs: l [N; …], p = softmax(z) [N; …, K]. Units of class integers[0] −
// 1 (0: none) are left out: l = 0. The largest logit is subtracted first, so nothing overflows.   dz = dl·(p − q)

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = graph.value(operation.inputs[1]).shape, .batched = true},
            {.shape = graph.value(operation.inputs[0]).shape, .batched = true}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId dl = gradients.of(operation.outputs[0]);
    gradients.add(
        operation.inputs[0],
        gradients.graph().add("softmax_cross_entropy_gradient", {operation.outputs[1], operation.inputs[1], dl},
                              {.numbers = operation.numbers, .integers = operation.integers}));
}

}  // namespace

const PrimitiveType SoftmaxCrossEntropyPrimitive{"softmax_cross_entropy", shapes, gradient};

}  // namespace perceptory::ir
