// w[i][j] = gain where i = j, else 0; in a convolution only at the window's centre, so the layer hands its input on.

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

void fill(const base::ParamValues& values, const WeightShape& weight, base::RandomStream&, std::span<double> into) {
    const Matrices matrices(weight.shape);
    std::ranges::fill(into, 0);
    for (std::int64_t i = 0; i < std::min(matrices.rows, matrices.columns); ++i)
        into[matrices.index(matrices.centre, i, i)] = values.number("gain");
}

}  // namespace

const InitializerType IdentityInitializer{
    {"identity",
     "Identity",
     "w = gain · 1: each unit starts as a copy of one input (in a convolution: of the pixel in the middle); the others "
     "weigh 0 (Le, Jaitly, Hinton 2015).",
     {base::numberParam("gain", "Gain", "The weight of the copied input.", 1, -1000, 1000, base::Changes::Rebuild)},
     "init.eye_, init.dirac_ for convolutions"},
    nullptr,
    fill};

}  // namespace perceptory::initializers
