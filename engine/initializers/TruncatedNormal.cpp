// N(mean, deviation²), drawn again beyond two deviations.

#include <cmath>

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues& values, const WeightShape&) {
    const double mean = values.number("mean"), deviation = values.number("deviation");
    return [mean, deviation](base::RandomStream& random) {
        double value = random.normal();
        while (std::abs(value) > 2) value = random.normal();
        return mean + deviation * value;
    };
}

}  // namespace

const InitializerType TruncatedNormalInitializer{
    {"truncated_normal",
     "Normal, truncated",
     "w = mean + deviation · N(0, 1): values from the bell curve, drawn again when they lie more than two deviations "
     "from the mean: no weight starts far out (as TensorFlow has it, Abadi et al. 2016).",
     {base::numberParam("mean", "Mean", "Centre of the bell curve.", 0, -1000, 1000, base::Changes::Rebuild),
      base::numberParam("deviation", "Deviation", "Standard deviation before values are cut off.", 0.05, 0, 1000,
                        base::Changes::Rebuild)},
     "init.trunc_normal_"},
    prepare};

}  // namespace perceptory::initializers
