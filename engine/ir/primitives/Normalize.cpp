// y = (x − mean) / √(variance + numbers[0]). x is read as {O, R, G, I}; mean and variance are those of the R·I values
// of each (o, g). integers = {R, G, I, 1 when y's statistics are the same for every sample}: R = 0 stands for all that
// is left (the batch and all pixels). Inputs: x; when shared also a mean {G} and a variance {G}, which stand in where a
// group has one value only and so no spread of its own. Outputs: y, statistics {O, 3, G}: mean, variance with Bessel's
// correction, 1 / √(variance + numbers[0]).
//   dx = (dy − mean(dy) − y · mean(dy · y)) / √(variance + numbers[0])   (Ioffe, Szegedy 2015)
// and dy / √(variance + numbers[0]) where other statistics stood in.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const Value& x = graph.value(operation.inputs[0]);
    const auto [r, g, i, shared] = operation.integers;
    const std::int64_t outer = shared ? 1 : tensor::elementCount(x.shape) / (r * g * i);
    return {{.shape = x.shape, .batched = true}, {.shape = {outer * 3, g}, .batched = shared == 0}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId y = operation.outputs[0], statistics = operation.outputs[1];
    gradients.add(operation.inputs[0], gradients.graph().add("normalize_gradient", {y, statistics, gradients.of(y)},
                                                             {.integers = operation.integers}));
}

}  // namespace

const PrimitiveType NormalizePrimitive{.id = "normalize", .shapes = shapes, .gradient = gradient, .inPlace = true};

}  // namespace perceptory::ir
