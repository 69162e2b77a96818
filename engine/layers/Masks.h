#pragma once
// What the layers share that drop or disturb at random while training.

#include "engine/layers/Layer.h"

namespace perceptory::layers {

base::ParamType rateParam(const std::string& help, double fallback);

// A random stream of this node's own.
std::int64_t streamOf(const Lowering& lowering);
// x with a share of its values set to zero and the others enlarged.
ir::ValueId dropOut(Lowering& lowering, ir::ValueId x);
// A mask of `count` numbers for each sample: 0, or 1 / (1 − rate).
ir::ValueId dropMask(Lowering& lowering, std::int64_t count);

}  // namespace perceptory::layers
