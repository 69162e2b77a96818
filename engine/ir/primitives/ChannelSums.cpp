// Mean and sum of squared distances from it of every channel, for blocks of at most 64 pixels: together they make the
// statistics of a batch (Chan, Golub, LeVeque 1979), whoever worked out which block. x {pixels, G}, integers = {G};
// out {blocks, 2, G} for each sample. Made by the pass in engine/ir/NormFusion.cpp.

#include "engine/ir/primitives/ChannelBlocks.h"

namespace perceptory::ir {

const PrimitiveType ChannelSumsPrimitive{"channel_sums", channelBlocks, nullptr};

}  // namespace perceptory::ir
