// y_c = Σ over batch and pixels of x[n; h, w, c].   [N; …, C] → [C], not batched. Only gradients need it.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = {graph.value(operation.inputs[0]).shape.back()}}};
}

}  // namespace

const PrimitiveType SumPixelsPrimitive{"sum_pixels", shapes, nullptr};

}  // namespace perceptory::ir
