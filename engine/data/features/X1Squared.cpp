#include "engine/data/features/Feature.h"

namespace perceptory::data {

const FeatureType feature_members::X1Squared{
    {"x1_squared", "x₁²", "Lets one neuron draw parabolas and, with x₂², circles."},
    [](float x1, float) { return x1 * x1; },
    "x1^2"};

}  // namespace perceptory::data
