#pragma once
// Shapes of one sample, without the batch: {F} for features, {H, W, C} for images (NHWC inside), {T, F} for sequences.

#include <cstdint>
#include <string>
#include <vector>

namespace perceptory::tensor {

using Shape = std::vector<std::int64_t>;

// Number of values; 1 for the empty shape. Throws base::Error when it does not fit 63 bits.
std::int64_t elementCount(const Shape& shape);

// "28×28×16"
std::string shapeText(const Shape& shape);

}  // namespace perceptory::tensor
