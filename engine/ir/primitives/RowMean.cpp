// y_n = (Σ_k x_nk) / K.   [N, K] → [N, 1].   dx_nk = dy_n / K

#include "engine/ir/Primitive.h"
#include "engine/tensor/Shape.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation&) { return {{.shape = {1}, .batched = true}}; }

void gradient(Gradients& gradients, const Operation& operation) {
    Graph& graph = gradients.graph();
    const tensor::Shape shape = graph.value(operation.inputs[0]).shape;
    const double columns = static_cast<double>(tensor::elementCount(shape));
    gradients.add(operation.inputs[0], graph.add("spread_columns", {gradients.of(operation.outputs[0])},
                                                 {.numbers = {1 / columns}, .reshaped = shape}));
}

}  // namespace

const PrimitiveType RowMeanPrimitive{"row_mean", shapes, gradient};

}  // namespace perceptory::ir
