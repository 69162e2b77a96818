// y_f = Σ_N x_nf.   [N, F] → [F], not batched. Only gradients need it, so it has none itself.

#include "engine/ir/Primitive.h"
#include "engine/tensor/Shape.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = {tensor::elementCount(graph.value(operation.inputs[0]).shape)}}};
}

}  // namespace

const PrimitiveType SumRowsPrimitive{"sum_rows", shapes, nullptr};

}  // namespace perceptory::ir
