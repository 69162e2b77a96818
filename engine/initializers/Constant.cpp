// w = value

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues& values, const WeightShape&) {
    const double value = values.number("value");
    return [value](base::RandomStream&) { return value; };
}

}  // namespace

const InitializerType ConstantInitializer{
    {"constant",
     "Constant",
     "w = value: every value is the same number (Goodfellow, Bengio, Courville 2016, section 8.4).",
     {base::numberParam("value", "Value", "The number every weight starts from.", 0.1, -1000, 1000,
                        base::Changes::Rebuild)},
     "init.constant_"},
    prepare};

}  // namespace perceptory::initializers
