#include <cmath>

#include "engine/data/features/Feature.h"

namespace perceptory::data {

const FeatureType feature_members::SinX2{
    {"sin_x2", "sin x₂", "Waves along the second axis."}, [](float, float x2) { return std::sin(x2); }, "sin(x2)"};

}  // namespace perceptory::data
