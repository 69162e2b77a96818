// y[j] = w[index j], each a row of integers[0] = D numbers: x holds the row numbers, w is {V, D}, y `reshaped`. An
// index outside 0 … V-1 gives NaN. dw adds up the rows of dy; with integers[1] = 1 row 0 gets no gradient (padding).

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = operation.reshaped, .batched = true}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId x = operation.inputs[0], w = operation.inputs[1];
    if (!gradients.wanted(w)) return;
    const tensor::Shape table = gradients.graph().value(w).shape;
    gradients.add(w, gradients.graph().add("scatter_rows", {x, gradients.of(operation.outputs[0])},
                                           {.integers = operation.integers, .reshaped = table}));
}

}  // namespace

const PrimitiveType GatherRowsPrimitive{"gather_rows", shapes, gradient};

}  // namespace perceptory::ir
