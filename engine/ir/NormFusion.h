#pragma once
// A pass of engine/ir/Fusion.h: batch normalization with its scale and shift, and a ReLU behind it, in two operations:
// sums over blocks of pixels, which threads can share, and one that reads the sums and writes the result. The way back
// likewise.

#include "engine/ir/Rewriter.h"

namespace perceptory::ir {

void fuseNorms(Rewriter& rewriter, std::int64_t batch);

}  // namespace perceptory::ir
