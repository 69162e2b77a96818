// y = x·m / (1 − r) with a random mask m of ones (probability 1 − r) and zeros (Srivastava et al. 2014, "inverted").
// numbers[0] = r. integers[0] names the operation: the mask is Philox(seed, step, operation, element), so the gradient
// dx = dy·m / (1 − r) is the same operation on dy and no mask is stored.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const Value& x = graph.value(operation.inputs[0]);
    return {{.shape = x.shape, .batched = x.batched}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    gradients.add(operation.inputs[0],
                  gradients.graph().add("dropout", {gradients.of(operation.outputs[0])},
                                        {.numbers = operation.numbers, .integers = operation.integers}));
}

}  // namespace

const PrimitiveType DropoutPrimitive{
    .id = "dropout", .shapes = shapes, .gradient = gradient, .random = true, .inPlace = true};

}  // namespace perceptory::ir
