// dx_n = dy·w_n / Σw.   Inputs: weights w [N; U], dy: scalar; dx: [N; U].

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = graph.value(operation.inputs[0]).shape, .batched = true}};
}

}  // namespace

const PrimitiveType WeightedMeanGradientPrimitive{"weighted_mean_gradient", shapes, nullptr};

}  // namespace perceptory::ir
