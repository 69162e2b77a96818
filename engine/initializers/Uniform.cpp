// U(low, high)

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues& values, const WeightShape&) {
    const double low = values.number("low"), high = values.number("high");
    return [low, high](base::RandomStream& random) { return random.uniform(low, high); };
}

}  // namespace

const InitializerType UniformInitializer{
    {"uniform",
     "Uniform",
     "w = U(low, high): every value between a lower and an upper bound is equally likely.",
     {base::numberParam("low", "From", "Lower bound.", -0.5, -1000, 1000, base::Changes::Rebuild),
      base::numberParam("high", "To", "Upper bound.", 0.5, -1000, 1000, base::Changes::Rebuild)},
     "init.uniform_"},
    prepare};

}  // namespace perceptory::initializers
