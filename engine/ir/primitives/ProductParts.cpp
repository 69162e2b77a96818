// A matrix product summed over some stretches of its depth apart, so that a thread can keep to rows that nobody else
// touches; integers[1] of them, however many threads there are, so that those do not change the bits. Otherwise as
// matrix_product without bias. x·w: stretches of the rows of w, out: [N; parts, O]. xᵀ·dy: stretches of the samples,
// out: [parts, I, O]. Made by the pass in engine/ir/Fusion.cpp.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const Value& x = graph.value(operation.inputs[0]);
    const std::int64_t columns = graph.value(operation.inputs[1]).shape.back(), parts = operation.integers[1];
    if (operation.integers[0] == 1) return {{.shape = {parts, x.shape.back(), columns}}};
    return {{.shape = {parts, columns}, .batched = true}};
}

double work(const Graph& graph, const Operation& operation, std::int64_t rows) {
    const Value& x = graph.value(operation.inputs[0]);
    const std::int64_t columns = graph.value(operation.inputs[1]).shape.back();
    return static_cast<double>(rows * tensor::elementCount(x.shape)) * static_cast<double>(columns);
}

}  // namespace

const PrimitiveType ProductPartsPrimitive{"product_parts", shapes, nullptr, false, work};

}  // namespace perceptory::ir
