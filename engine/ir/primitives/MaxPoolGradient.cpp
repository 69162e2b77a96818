// Each value of dy goes to the pixel that won.   Inputs: winners, dy [N; H', W', C]; out: dx [N; H, W, C].

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = imageShape(operation.window), .batched = true}};
}

}  // namespace

const PrimitiveType MaxPoolGradientPrimitive{"max_pool_gradient", shapes, nullptr, false, poolWork};

}  // namespace perceptory::ir
