// dU of a 3×3 convolution with stride 1 in the 16 planes of Winograd's F(2×2, 3×3), Σ over tiles (Bᵀ·d·B) ⊙ (A·dy·Aᵀ),
// for some blocks of images apart: their number depends on the window alone, so that threads do not change the bits.
// Inputs: image, dmap; out: [blocks, 16, C, O]. Made by the pass in engine/ir/Fusion.cpp.

#include <algorithm>

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    constexpr std::int64_t room = 1 << 20, most = 8;
    const tensor::Window& w = operation.window;
    const std::int64_t blocks = std::clamp<std::int64_t>(room / (16 * w.channels * w.mapChannels), 1, most);
    return {{.shape = {blocks, 16, w.channels, w.mapChannels}}};
}

}  // namespace

const PrimitiveType WinogradWeightSumsPrimitive{"winograd_weight_sums", shapes, nullptr, false, convolutionWork};

}  // namespace perceptory::ir
