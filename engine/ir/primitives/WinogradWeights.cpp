// The weights of a 3×3 convolution as Winograd's F(2×2, 3×3) multiplies them: U = G·w·Gᵀ for every pair of channels.
// w: [3, 3, I, O] → [16, I, O rounded up to 32], in the order the kernels want. integers[0] = 1: turned, for the way
// back. Made by the pass in engine/ir/Fusion.cpp.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph& graph, const Operation& operation) {
    const tensor::Shape& w = graph.value(operation.inputs[0]).shape;
    return {{.shape = {16, w[2], (w[3] + 31) / 32 * 32}}};
}

}  // namespace

const PrimitiveType WinogradWeightsPrimitive{"winograd_weights", shapes, nullptr};

}  // namespace perceptory::ir
