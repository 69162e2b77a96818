// y = a + b, equal shapes.   da = dy, db = dy
// integers[0] = 1: ReLU of it, as the pass in engine/ir/Fusion.cpp makes it after gradients were derived.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const Value& a = graph.value(operation.inputs[0]);
    return {{.shape = a.shape, .batched = a.batched}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId dy = gradients.of(operation.outputs[0]);
    for (const ValueId input : operation.inputs)
        if (gradients.wanted(input)) gradients.add(input, dy);
}

}  // namespace

const PrimitiveType AddPrimitive{.id = "add", .shapes = shapes, .gradient = gradient, .inPlace = true};

}  // namespace perceptory::ir
