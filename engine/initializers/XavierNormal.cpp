// N(0, 2 / (fan_in + fan_out)), Glorot and Bengio 2010, equation 12.

#include <cmath>

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues& values, const WeightShape& weight) {
    const double deviation = values.number("gain") * std::sqrt(2.0 / static_cast<double>(weight.fanIn + weight.fanOut));
    return [deviation](base::RandomStream& random) { return deviation * random.normal(); };
}

}  // namespace

const InitializerType XavierNormalInitializer{
    {"xavier_normal",
     "Xavier, normal",
     "w = gain · √(2/(fan-in + fan-out)) · N(0, 1). Made for tanh and sigmoid (Glorot and Bengio 2010).",
     {gainParam()},
     "init.xavier_normal_"},
    prepare};

}  // namespace perceptory::initializers
