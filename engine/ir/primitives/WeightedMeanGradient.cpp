// dx_n = dy·w_n / Σw.   Inputs: sample weights w [N, 1], dy: scalar.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation&) { return {{.shape = {1}, .batched = true}}; }

}  // namespace

const PrimitiveType WeightedMeanGradientPrimitive{"weighted_mean_gradient", shapes, nullptr};

}  // namespace perceptory::ir
