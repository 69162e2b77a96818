// U(low, high)

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues& values, const WeightShape&) {
    const double low = values.number("low"), high = values.number("high");
    return [low, high](base::RandomStream& random) { return random.uniform(low, high); };
}

void agree(const base::ParamValues& values, const std::string& where, base::Problems& problems) {
    const double low = values.number("low"), high = values.number("high");
    if (low > high)
        problems.push_back({where + ".low", base::Severity::Error,
                            base::sentence("The range ends before it begins: low {0}, high {1}.", low, high),
                            base::sentence("Give it a low end below the high one.")});
}

}  // namespace

const InitializerType UniformInitializer{
    {"uniform",
     "Uniform",
     "w = U(low, high): every value between a lower and an upper bound is equally likely (Goodfellow, Bengio, "
     "Courville 2016, section 8.4).",
     {base::numberParam("low", "From", "Lower bound.", -0.5, -1000, 1000, base::Changes::Rebuild),
      base::numberParam("high", "To", "Upper bound.", 0.5, -1000, 1000, base::Changes::Rebuild)},
     "init.uniform_",
     agree},
    prepare};

}  // namespace perceptory::initializers
