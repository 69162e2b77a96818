#include "engine/data/features/Feature.h"

namespace perceptory::data {

const FeatureType feature_members::X1X2{{"x1_x2", "x₁x₂", "The product: its sign alone solves the exclusive or."},
                                        [](float x1, float x2) { return x1 * x2; },
                                        "x1*x2"};

}  // namespace perceptory::data
