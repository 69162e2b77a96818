// dw = Gᵀ·dU·G for every pair of channels, dU the sum of the blocks of winograd_weight_sums.
// [blocks, 16, C, O] → [3, 3, C, O].

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const tensor::Shape& sums = graph.value(operation.inputs[0]).shape;
    return {{.shape = {3, 3, sums[2], sums[3]}}};
}

}  // namespace

const PrimitiveType WinogradWeightGradientPrimitive{"winograd_weight_gradient", shapes, nullptr};

}  // namespace perceptory::ir
