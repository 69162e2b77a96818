// y = Σ parts + b, behind product_parts. Inputs: [N; parts, O] or [parts, I, O], b [O] or none; out: [N; O] or [I, O].
// integers[0] = 1: ReLU of it.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const Value& in = graph.value(operation.inputs[0]);
    return {{.shape = tensor::Shape(in.shape.begin() + 1, in.shape.end()), .batched = in.batched}};
}

}  // namespace

const PrimitiveType SumPartsPrimitive{"sum_parts", shapes, nullptr};

}  // namespace perceptory::ir
