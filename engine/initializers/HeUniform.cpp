// U(±√(6 / fan_in)), He et al. 2015, equation 10, as a uniform distribution of the same variance.

#include <cmath>

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues& values, const WeightShape& weight) {
    const double bound = std::sqrt(3.0) * heDeviation(values, weight);
    return [bound](base::RandomStream& random) { return random.uniform(-bound, bound); };
}

}  // namespace

const InitializerType HeUniformInitializer{{"he_uniform", "He, uniform",
                                            "w = U(±√3 · gain/√fan) with gain = √(2/(1 + slope²)), which makes up for "
                                            "the half that ReLU throws away (He et al. 2015).",
                                            heParams(), "init.kaiming_uniform_"},
                                           prepare};

}  // namespace perceptory::initializers
