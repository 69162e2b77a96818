// dw of gather_rows: dw[v] = Σ dy[j] over all j whose index is v, in their order. Inputs: x, dy; dw: `reshaped`.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) { return {{.shape = operation.reshaped}}; }

}  // namespace

const PrimitiveType ScatterRowsPrimitive{"scatter_rows", shapes, nullptr};

}  // namespace perceptory::ir
