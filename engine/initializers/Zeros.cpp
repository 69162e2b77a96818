// w = 0

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues&, const WeightShape&) {
    return [](base::RandomStream&) { return 0.0; };
}

}  // namespace

const InitializerType ZerosInitializer{
    {"zeros",
     "Zeros",
     "w = 0: every value is 0. Good for biases; a kernel of zeros learns nothing behind another layer of zeros "
     "(Goodfellow, Bengio, Courville 2016, section 8.4).",
     {},
     "init.zeros_"},
    prepare};

}  // namespace perceptory::initializers
