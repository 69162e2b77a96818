#pragma once
// The shape rule of sums over blocks: two numbers of every channel for each block of pixels of a sample.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

// inputs[0]: x {pixels, G}; integers[0] = G.
inline std::vector<Value> channelBlocks(const Graph& graph, const Operation& operation) {
    constexpr std::int64_t mostPixels = 64;
    const std::int64_t channels = operation.integers[0];
    const std::int64_t pixels = tensor::elementCount(graph.value(operation.inputs[0]).shape) / channels;
    return {{.shape = {(pixels + mostPixels - 1) / mostPixels, 2, channels}, .batched = true}};
}

}  // namespace perceptory::ir
