// U(±1 / fan_in)

#include <cmath>

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues&, const WeightShape& weight) {
    const double bound = 1 / static_cast<double>(weight.fanIn);
    return [bound](base::RandomStream& random) { return random.uniform(-bound, bound); };
}

}  // namespace

const InitializerType FanInUniformInitializer{{"fan_in_uniform",
                                               "Fan-in, uniform",
                                               "w = U(±1/fan-in): sums of many inputs start small (LeCun et al. 1998).",
                                               {},
                                               "init.uniform_"},
                                              prepare};

}  // namespace perceptory::initializers
