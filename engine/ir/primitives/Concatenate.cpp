// y = [a | b] along one axis: pieces of integers[0] elements of a and integers[1] of b in turn; y has shape `reshaped`.
// da and db are cut out of dy.

#include "engine/ir/Algebra.h"
#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = operation.reshaped, .batched = graph.value(operation.inputs[0]).batched}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const auto [a, b, unused0, unused1] = operation.integers;
    const ValueId dy = gradients.of(operation.outputs[0]);
    std::int64_t first = 0;
    for (int i = 0; i < 2; ++i) {
        const ValueId input = operation.inputs[static_cast<std::size_t>(i)];
        const std::int64_t width = i == 0 ? a : b;
        if (gradients.wanted(input)) {
            const tensor::Shape shape = gradients.graph().value(input).shape;
            gradients.add(input, cutPieces(gradients.graph(), dy, {a + b, first, width}, shape));
        }
        first += width;
    }
}

}  // namespace

const PrimitiveType ConcatenatePrimitive{"concatenate", shapes, gradient};

}  // namespace perceptory::ir
