// N(0, 2 / fan_in), He et al. 2015, equation 10.

#include <cmath>

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues& values, const WeightShape& weight) {
    const double deviation = heDeviation(values, weight);
    return [deviation](base::RandomStream& random) { return deviation * random.normal(); };
}

}  // namespace

const InitializerType HeNormalInitializer{{"he_normal", "He, normal",
                                           "w = gain/√fan · N(0, 1) with gain = √(2/(1 + slope²)), which makes up for "
                                           "the half that ReLU throws away (He et al. 2015).",
                                           heParams(), "init.kaiming_normal_"},
                                          prepare};

}  // namespace perceptory::initializers
