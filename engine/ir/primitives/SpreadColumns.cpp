// y_nk = numbers[0]·x_n.   [N, 1] → [N, K], K from `reshaped`.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = operation.reshaped, .batched = true}};
}

}  // namespace

const PrimitiveType SpreadColumnsPrimitive{"spread_columns", shapes, nullptr};

}  // namespace perceptory::ir
