// y = numbers[0] · x + numbers[1].   dx = numbers[0] · dy

#include "engine/ir/Algebra.h"
#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const Value& x = graph.value(operation.inputs[0]);
    return {{.shape = x.shape, .batched = x.batched}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    gradients.add(operation.inputs[0],
                  affine(gradients.graph(), gradients.of(operation.outputs[0]), operation.numbers[0], 0));
}

}  // namespace

const PrimitiveType AffinePrimitive{.id = "affine", .shapes = shapes, .gradient = gradient, .inPlace = true};

}  // namespace perceptory::ir
