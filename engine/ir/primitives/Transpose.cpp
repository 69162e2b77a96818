// y = xᵀ of an unbatched matrix: [R, C] → [C, R].

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const tensor::Shape& x = graph.value(operation.inputs[0]).shape;
    return {{.shape = {x[1], x[0]}}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    gradients.add(operation.inputs[0], gradients.graph().add("transpose", {gradients.of(operation.outputs[0])}));
}

}  // namespace

const PrimitiveType TransposePrimitive{"transpose", shapes, gradient};

}  // namespace perceptory::ir
