// y[j, k] = 1 where x[j] is k, else 0; integers[0] = K classes, y: `reshaped`. No gradient: x are class indices.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = operation.reshaped, .batched = true}};
}

}  // namespace

const PrimitiveType OneHotPrimitive{"one_hot", shapes, nullptr};

}  // namespace perceptory::ir
