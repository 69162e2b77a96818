// Convolutions: a random orthogonal matrix at the window's centre, 0 elsewhere (Xiao et al. 2018). Matrices:
// orthogonal.

#include <vector>

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

void fill(const base::ParamValues& values, const WeightShape& weight, base::RandomStream& random,
          std::span<double> into) {
    const Matrices matrices(weight.shape);
    std::vector<double> centre(static_cast<std::size_t>(matrices.rows * matrices.columns));
    fillOrthogonal(random, matrices.rows, matrices.columns, values.number("gain"), centre);
    std::ranges::fill(into, 0);
    std::ranges::copy(centre, into.begin() + static_cast<std::ptrdiff_t>(matrices.index(matrices.centre, 0, 0)));
}

}  // namespace

const InitializerType DeltaOrthogonalInitializer{
    {"delta_orthogonal",
     "Delta-orthogonal",
     "For convolutions: w = gain · Q, a random rotation of the channels in the middle of the window, 0 around it. "
     "Networks of ten thousand layers learn with it (Xiao et al. 2018).",
     {base::numberParam("gain", "Gain", "Factor on the rotation; √2 for ReLU.", 1, -1000, 1000,
                        base::Changes::Rebuild)},
     "init.zeros_, then init.orthogonal_ of the middle"},
    nullptr,
    fill,
    true};

}  // namespace perceptory::initializers
