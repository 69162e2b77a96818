#pragma once
// What the normalizing layers share.

#include "engine/layers/Layer.h"

namespace perceptory::layers {

// Groups of one sample whose values get mean 0 and variance 1: `rows` × `inner` values each, `groups` beside each
// other.
struct NormGroups {
    std::int64_t rows = 1, groups = 1, inner = 1;
};
// (x − mean) / √(variance + epsilon) for every group of every sample.
ir::ValueId normalizeGroups(Lowering& lowering, const NormGroups& groups);

// "weight" (ones) and "bias" (zeros) of `shape`, to scale and shift with; none when the layer has an "affine" switch
// that is off.
std::vector<WeightSpec> scaleAndBias(const tensor::Shape& shape, std::vector<int> torchAxes = {});
// x · weight + bias, when there are any.
ir::ValueId lowerScaleAndBias(Lowering& lowering, ir::ValueId x, std::int64_t inner);

base::ParamType epsilonParam();
base::ParamType affineParam(bool fallback);

}  // namespace perceptory::layers
