// y(o, k, i) = x(o, k, i) · s(o, i) + t(o, i), pieces of integers[0] = I elements; s or t may be left out. With I the
// number of channels and s, t of one number each: a factor and an offset for every channel.
//   dx = dy · s   ds = Σ_k dy · x   dt = Σ_k dy

#include "engine/ir/Algebra.h"
#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const Value& x = graph.value(operation.inputs[0]);
    return {{.shape = x.shape, .batched = x.batched}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId x = operation.inputs[0], s = operation.inputs[1], t = operation.inputs[2];
    const ValueId dy = gradients.of(operation.outputs[0]);
    Graph& graph = gradients.graph();
    const std::int64_t inner = operation.integers[0];
    if (gradients.wanted(x)) gradients.add(x, s == none ? dy : scaleShift(graph, dy, s, none, inner));
    if (gradients.wanted(s)) gradients.add(s, foldLike(graph, dy, x, s, inner));
    if (gradients.wanted(t)) gradients.add(t, foldLike(graph, dy, none, t, inner));
}

}  // namespace

const PrimitiveType ScaleShiftPrimitive{.id = "scale_shift", .shapes = shapes, .gradient = gradient, .inPlace = true};

}  // namespace perceptory::ir
