// y = columns integers[0] … of x, as many as `reshaped` holds: [N, F] → [N, C].

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = operation.reshaped, .batched = true}};
}

}  // namespace

const PrimitiveType SlicePrimitive{"slice", shapes, nullptr};

}  // namespace perceptory::ir
