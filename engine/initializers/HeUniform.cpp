// U(±√(6 / fan_in)), He et al. 2015, equation 10, as a uniform distribution of the same variance.

#include <cmath>

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues&, const WeightShape& weight) {
    const double bound = std::sqrt(6.0 / static_cast<double>(weight.fanIn));
    return [bound](base::RandomStream& random) { return random.uniform(-bound, bound); };
}

}  // namespace

const InitializerType HeUniformInitializer{
    {"he_uniform",
     "He, uniform",
     "Uniform within ±√(6/fan-in), which makes up for the half that ReLU throws away (He et al. 2015).",
     {}},
    prepare};

}  // namespace perceptory::initializers
