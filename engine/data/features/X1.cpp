#include "engine/data/features/Feature.h"

namespace perceptory::data {

const FeatureType feature_members::X1{{"x1", "x₁", "The first coordinate."}, [](float x1, float) { return x1; }, "x1"};

}  // namespace perceptory::data
