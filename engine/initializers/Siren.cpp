// U(±1 / fan_in) in the first layer, else U(±√(6 / fan_in) / ω): Sitzmann et al. 2020, section 3.2 and appendix 1.5.

#include <cmath>

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues& values, const WeightShape& weight) {
    const double fanIn = static_cast<double>(weight.fanIn);
    const double bound = values.flag("first") ? 1 / fanIn : std::sqrt(6 / fanIn) / values.number("omega");
    return [bound](base::RandomStream& random) { return random.uniform(-bound, bound); };
}

}  // namespace

const InitializerType SirenInitializer{
    {"siren",
     "SIREN",
     "For networks with the sine activation: keeps the arguments of the sines evenly spread from layer to layer, w = "
     "U(±√(6/fan-in)/ω) (Sitzmann et al. 2020).",
     {base::switchParam("first", "First layer", "The layer reads the inputs themselves: bound 1/fan-in.", false),
      base::numberParam("omega", "Omega", "Frequency that multiplies the argument of the sine.", 30, 0.001, 1000,
                        base::Changes::Rebuild)},
     "init.uniform_"},
    prepare};

}  // namespace perceptory::initializers
