// dz = dl·(p − q), q as in softmax_cross_entropy.   Inputs: p [N; …, K], class indices t [N; …], dl [N; …].

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = graph.value(operation.inputs[0]).shape, .batched = true}};
}

}  // namespace

const PrimitiveType SoftmaxCrossEntropyGradientPrimitive{"softmax_cross_entropy_gradient", shapes, nullptr};

}  // namespace perceptory::ir
