// y = Σ_n w_n·x_n / Σ_n w_n.   x: [N; U], weights w: [N; U], y: scalar.   dx_n = dy·w_n / Σw

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation&) { return {{.shape = {1}}}; }

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId dy = gradients.of(operation.outputs[0]);
    gradients.add(operation.inputs[0], gradients.graph().add("weighted_mean_gradient", {operation.inputs[1], dy}));
}

}  // namespace

const PrimitiveType WeightedMeanPrimitive{"weighted_mean", shapes, gradient};

}  // namespace perceptory::ir
