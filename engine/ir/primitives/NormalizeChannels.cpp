// y = x̂ · s + t, x̂ = (x − mean) / √(variance + numbers[0]), and ReLU of it when integers[1] = 1: normalize and
// scale_shift in one, for channels of an image over the batch. x, sums of channel_sums, s, t; integers = {G, ReLU};
// outputs: y, statistics {3, G} as of normalize. Made by the pass in engine/ir/NormFusion.cpp.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    return {{.shape = graph.value(operation.inputs[0]).shape, .batched = true}, {.shape = {3, operation.integers[0]}}};
}

}  // namespace

const PrimitiveType NormalizeChannelsPrimitive{
    .id = "normalize_channels", .shapes = shapes, .gradient = nullptr, .inPlace = true};

}  // namespace perceptory::ir
