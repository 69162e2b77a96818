// y = [a | b] along the last axis, for inputs whose other axes are 1 or absent: [N, A], [N, B] → [N, A + B].
// da and db are the two slices of dy.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    tensor::Shape shape = graph.value(operation.inputs[0]).shape;
    shape.back() += graph.value(operation.inputs[1]).shape.back();
    return {{.shape = shape, .batched = true}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    Graph& graph = gradients.graph();
    std::int64_t first = 0;
    for (const ValueId input : operation.inputs) {
        const tensor::Shape shape = graph.value(input).shape;
        if (gradients.wanted(input))
            gradients.add(input, graph.add("slice", {gradients.of(operation.outputs[0])},
                                           {.integers = {first}, .reshaped = shape}));
        first += shape.back();
    }
}

}  // namespace

const PrimitiveType ConcatenatePrimitive{"concatenate", shapes, gradient};

}  // namespace perceptory::ir
