// N(0, 1 / fan_in), LeCun, Bottou, Orr and Müller 1998, section 4.6.

#include <cmath>

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues&, const WeightShape& weight) {
    const double deviation = std::sqrt(1 / static_cast<double>(weight.fanIn));
    return [deviation](base::RandomStream& random) { return deviation * random.normal(); };
}

}  // namespace

const InitializerType LecunNormalInitializer{{"lecun_normal",
                                              "LeCun, normal",
                                              "w = √(1/fan-in) · N(0, 1): the sums of a unit have the variance of its "
                                              "inputs. What SELU needs (LeCun et al. 1998).",
                                              {},
                                              "init.normal_"},
                                             prepare};

}  // namespace perceptory::initializers
