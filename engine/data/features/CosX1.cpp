#include <cmath>

#include "engine/data/features/Feature.h"

namespace perceptory::data {

const FeatureType feature_members::CosX1{
    {"cos_x1", "cos x₁", "Waves along the first axis, a quarter period ahead of the sine."},
    [](float x1, float) { return std::cos(x1); },
    "cos(x1)"};

}  // namespace perceptory::data
