// U(±√(6 / (fan_in + fan_out))), Glorot and Bengio 2010, equation 16.

#include <cmath>

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues& values, const WeightShape& weight) {
    const double bound = values.number("gain") * std::sqrt(6.0 / static_cast<double>(weight.fanIn + weight.fanOut));
    return [bound](base::RandomStream& random) { return random.uniform(-bound, bound); };
}

}  // namespace

const InitializerType XavierUniformInitializer{
    {"xavier_uniform",
     "Xavier, uniform",
     "w = gain · U(±√(6/(fan-in + fan-out))), which keeps the spread of values and gradients alike from layer to "
     "layer. Made for tanh and sigmoid (Glorot and Bengio 2010).",
     {gainParam()},
     "init.xavier_uniform_"},
    prepare};

}  // namespace perceptory::initializers
