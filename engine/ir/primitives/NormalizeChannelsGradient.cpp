// The gradients of `normalize_channels`: with dv as in channel_gradient_sums and means over the batch and all pixels,
//   dx = (dv − mean(dv) − x̂ · mean(dv · x̂)) · s / √(variance + ε)   ds = Σ dv · x̂   dt = Σ dv
// x, statistics, s, t, dy, sums of channel_gradient_sums → dx, ds, dt; integers = {G, 1 with ReLU}.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const tensor::Shape channels{operation.integers[0]};
    return {
        {.shape = graph.value(operation.inputs[0]).shape, .batched = true}, {.shape = channels}, {.shape = channels}};
}

}  // namespace

const PrimitiveType NormalizeChannelsGradientPrimitive{
    .id = "normalize_channels_gradient", .shapes = shapes, .gradient = nullptr, .inPlace = true};

}  // namespace perceptory::ir
