// N(mean, deviation²)

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues& values, const WeightShape&) {
    const double mean = values.number("mean"), deviation = values.number("deviation");
    return [mean, deviation](base::RandomStream& random) { return mean + deviation * random.normal(); };
}

}  // namespace

const InitializerType NormalInitializer{
    {"normal",
     "Normal",
     "w = mean + deviation · N(0, 1): values from the bell curve with a mean and a standard deviation (Goodfellow, "
     "Bengio, Courville 2016, section 8.4).",
     {base::numberParam("mean", "Mean", "Centre of the bell curve.", 0, -1000, 1000, base::Changes::Rebuild),
      base::numberParam("deviation", "Deviation", "Standard deviation.", 0.05, 0, 1000, base::Changes::Rebuild)},
     "init.normal_"},
    prepare};

}  // namespace perceptory::initializers
