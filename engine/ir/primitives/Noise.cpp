// Normal random numbers of deviation numbers[0] and shape `reshaped` for each sample. integers[0] names the random
// stream. No inputs.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = operation.reshaped, .batched = true}};
}

}  // namespace

const PrimitiveType NoisePrimitive{"noise", shapes, nullptr, false, nullptr, true};

}  // namespace perceptory::ir
