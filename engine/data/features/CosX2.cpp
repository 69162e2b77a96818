#include <cmath>

#include "engine/data/features/Feature.h"

namespace perceptory::data {

const FeatureType feature_members::CosX2{
    {"cos_x2", "cos x₂", "Waves along the second axis, a quarter period ahead of the sine."},
    [](float, float x2) { return std::cos(x2); },
    "cos(x2)"};

}  // namespace perceptory::data
