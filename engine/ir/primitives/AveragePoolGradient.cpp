// Each value of dy is shared out evenly among the pixels of its window.   dy [N; H', W', C] → dx [N; H, W, C].

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = imageShape(operation.window), .batched = true}};
}

}  // namespace

const PrimitiveType AveragePoolGradientPrimitive{"average_pool_gradient", shapes, nullptr, false, poolWork};

}  // namespace perceptory::ir
