// A random orthogonal matrix: the Q of a QR decomposition of normal numbers, with the signs of R's diagonal, so that
// all are equally likely (Saxe, McClelland, Ganguli 2014; Mezzadri 2007). Inputs are all axes but the last.

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

void fill(const base::ParamValues& values, const WeightShape& weight, base::RandomStream& random,
          std::span<double> into) {
    const std::int64_t columns = weight.shape.empty() ? 1 : weight.shape.back();
    fillOrthogonal(random, std::ssize(into) / std::max<std::int64_t>(columns, 1), columns, values.number("gain"), into);
}

}  // namespace

const InitializerType OrthogonalInitializer{{"orthogonal",
                                             "Orthogonal",
                                             "w = gain · Q, Q a random rotation: signals and gradients keep their "
                                             "length through many layers, whatever the depth (Saxe et al. 2014).",
                                             {base::numberParam("gain", "Gain", "Factor on the rotation; √2 for ReLU.",
                                                                1, -1000, 1000, base::Changes::Rebuild)},
                                             "init.orthogonal_"},
                                            nullptr,
                                            fill};

}  // namespace perceptory::initializers
