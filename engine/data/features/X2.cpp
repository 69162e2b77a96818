#include "engine/data/features/Feature.h"

namespace perceptory::data {

const FeatureType feature_members::X2{{"x2", "x₂", "The second coordinate."}, [](float, float x2) { return x2; }, "x2"};

}  // namespace perceptory::data
