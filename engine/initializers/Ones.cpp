// w = 1

#include <cmath>

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues&, const WeightShape&) {
    return [](base::RandomStream&) { return 1.0; };
}

}  // namespace

const InitializerType OnesInitializer{{"ones",
                                       "Ones",
                                       "w = 1: every value is 1. Good for factors, which then change nothing at first "
                                       "(Goodfellow, Bengio, Courville 2016, section 8.4).",
                                       {},
                                       "init.ones_"},
                                      prepare};

}  // namespace perceptory::initializers
