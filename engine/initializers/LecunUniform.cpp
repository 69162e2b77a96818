// U(±√(3 / fan_in)), LeCun, Bottou, Orr and Müller 1998, section 4.6, as a uniform distribution of the same variance.

#include <cmath>

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues&, const WeightShape& weight) {
    const double bound = std::sqrt(3 / static_cast<double>(weight.fanIn));
    return [bound](base::RandomStream& random) { return random.uniform(-bound, bound); };
}

}  // namespace

const InitializerType LecunUniformInitializer{
    {"lecun_uniform",
     "LeCun, uniform",
     "w = U(±√(3/fan-in)): the sums of a unit have the variance of its inputs (LeCun et al. 1998).",
     {},
     "init.uniform_"},
    prepare};

}  // namespace perceptory::initializers
