// y = x·w + b.   x: [N; …, I], w: [I, O], b: [O] or none, y: [N; …, O]. With integers[0] = 1 the first factor is stored
// transposed, [K, M] for an M×K matrix: the weight gradient xᵀ·dy needs no copy of x.
//   dx = dy·wᵀ   dw = xᵀ·dy   db = Σ_N dy

#include "engine/ir/Algebra.h"
#include "engine/ir/Primitive.h"
#include "engine/tensor/Shape.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const Value& x = graph.value(operation.inputs[0]);
    const Value& w = graph.value(operation.inputs[1]);
    if (operation.integers[0]) return {{.shape = {x.shape.back(), w.shape.back()}}};
    tensor::Shape shape = x.shape;
    shape.back() = w.shape.back();
    return {{.shape = shape, .batched = x.batched}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId x = operation.inputs[0], w = operation.inputs[1];
    const ValueId b = operation.inputs.size() > 2 ? operation.inputs[2] : none;
    const ValueId dy = gradients.of(operation.outputs[0]);
    Graph& graph = gradients.graph();
    // First, so that nothing reads w any more when its gradient stands.
    if (gradients.wanted(x)) gradients.add(x, graph.add("matrix_product", {dy, graph.add("transpose", {w}), none}));
    if (gradients.wanted(w)) gradients.add(w, graph.add("matrix_product", {x, dy, none}, {.integers = {1}}));
    const bool rows = graph.value(dy).shape.size() == 1;
    if (gradients.wanted(b))
        gradients.add(b,
                      rows ? graph.add("sum_rows", {dy}) : foldLike(graph, dy, none, b, graph.value(dy).shape.back()));
}

double work(const Graph& graph, const Operation& operation, std::int64_t rows) {
    const Value& x = graph.value(operation.inputs[0]);
    const Value& w = graph.value(operation.inputs[1]);
    return static_cast<double>(rows) * static_cast<double>(tensor::elementCount(x.shape)) *
           static_cast<double>(w.shape.back());
}

}  // namespace

const PrimitiveType MatrixProductPrimitive{"matrix_product", shapes, gradient, false, work};

}  // namespace perceptory::ir
