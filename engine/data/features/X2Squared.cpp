#include "engine/data/features/Feature.h"

namespace perceptory::data {

const FeatureType feature_members::X2Squared{
    {"x2_squared", "x₂²", "Lets one neuron draw parabolas and, with x₁², circles."},
    [](float, float x2) { return x2 * x2; },
    "x2^2"};

}  // namespace perceptory::data
