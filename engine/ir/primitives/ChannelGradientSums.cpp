// Σ dv and Σ dv · x̂ of every channel for blocks of pixels, dv being dy where the ReLU of `normalize_channels` let the
// value through. x, statistics, s, t, dy; integers = {G, 1 with ReLU}; out {blocks, 2, G} for each sample. Made by the
// pass in engine/ir/NormFusion.cpp.

#include "engine/ir/primitives/ChannelBlocks.h"

namespace perceptory::ir {

const PrimitiveType ChannelGradientSumsPrimitive{"channel_gradient_sums", channelBlocks, nullptr};

}  // namespace perceptory::ir
