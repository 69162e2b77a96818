#include <cmath>

#include "engine/data/features/Feature.h"

namespace perceptory::data {

const FeatureType feature_members::Angle{
    {"angle", "φ", "Angle in radians, from -π to π, counted from the first axis; jumps at its negative half."},
    [](float x1, float x2) { return std::atan2(x2, x1); },
    ""};

}  // namespace perceptory::data
