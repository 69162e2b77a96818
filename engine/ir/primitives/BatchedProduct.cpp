// Matrix products, one for each of the G pieces of a sample: y = a · bᵀ, or with integers[3] = 1 y = a · b.
// integers = {M, K, N, …}: a is {…, M, K}, b {…, N, K} (or {…, K, N}), y `reshaped` = {…, M, N}.
//   y = a·bᵀ: da = dy·b, db = dyᵀ·a      y = a·b: da = dy·bᵀ, db = aᵀ·dy

#include "engine/ir/Algebra.h"
#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = operation.reshaped, .batched = true}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const auto [m, k, n, plain] = operation.integers;
    const ValueId a = operation.inputs[0], b = operation.inputs[1], dy = gradients.of(operation.outputs[0]);
    Graph& graph = gradients.graph();
    const tensor::Shape shapeA = graph.value(a).shape, shapeB = graph.value(b).shape;
    if (gradients.wanted(a))
        gradients.add(a, graph.add("batched_product", {dy, b}, {.integers = {m, n, k, 1 - plain}, .reshaped = shapeA}));
    if (!gradients.wanted(b)) return;
    // The product over rows needs its first factor turned; db comes out as {K, N} or {N, K}, as b lies.
    const ValueId left = plain ? a : dy, right = plain ? dy : a;
    const std::int64_t rows = plain ? k : n, columns = plain ? n : k;
    const ValueId turned = swapAxes(graph, left, {m, 1, rows}, graph.value(left).shape);
    gradients.add(
        b, graph.add("batched_product", {turned, right}, {.integers = {rows, m, columns, 1}, .reshaped = shapeB}));
}

double work(const Graph& graph, const Operation& operation, std::int64_t rows) {
    return static_cast<double>(rows) *
           static_cast<double>(tensor::elementCount(graph.value(operation.outputs[0]).shape) * operation.integers[1]);
}

}  // namespace

const PrimitiveType BatchedProductPrimitive{"batched_product", shapes, gradient, false, work};

}  // namespace perceptory::ir
