#include <cmath>

#include "engine/data/features/Feature.h"

namespace perceptory::data {

const FeatureType feature_members::Radius{{"radius", "r", "Distance from the origin: solves circle and rings."},
                                          [](float x1, float x2) { return std::hypot(x1, x2); },
                                          "sqrt(x1^2 + x2^2)"};

}  // namespace perceptory::data
