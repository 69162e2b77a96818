// y(o, i) = Σ_k a(o, k, i) · b(o, k, i), b left out: Σ_k a(o, k, i). Pieces of integers[0] = I elements are added up;
// y: `reshaped`, for each sample when integers[1] is 1. Turns `repeat` round.
//   da = repeat(dy) · b   db = repeat(dy) · a

#include "engine/ir/Algebra.h"
#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = operation.reshaped, .batched = operation.integers[1] == 1}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId a = operation.inputs[0], b = operation.inputs[1], dy = gradients.of(operation.outputs[0]);
    Graph& graph = gradients.graph();
    const std::int64_t inner = operation.integers[0];
    if (b == none) return gradients.add(a, repeatLike(graph, dy, a, inner));
    if (gradients.wanted(a)) gradients.add(a, scaleShift(graph, b, dy, none, inner));
    if (gradients.wanted(b)) gradients.add(b, scaleShift(graph, a, dy, none, inner));
}

}  // namespace

const PrimitiveType FoldPrimitive{"fold", shapes, gradient};

}  // namespace perceptory::ir
