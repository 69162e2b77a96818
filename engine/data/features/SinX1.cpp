#include <cmath>

#include "engine/data/features/Feature.h"

namespace perceptory::data {

const FeatureType feature_members::SinX1{
    {"sin_x1", "sin x₁", "Waves along the first axis."}, [](float x1, float) { return std::sin(x1); }, "sin(x1)"};

}  // namespace perceptory::data
