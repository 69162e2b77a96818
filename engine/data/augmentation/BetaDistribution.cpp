#include "engine/data/augmentation/BetaDistribution.h"

#include <algorithm>
#include <cmath>

namespace perceptory::data {

namespace {

double logUniform(base::RandomStream& random) { return std::log(1 - random.uniform()); }

}  // namespace

// Marsaglia and Tsang, "A simple method for generating gamma variables", 2000: d·v with v = (1 + c·x)³, x normal, is
// taken where ln u < x²/2 + d − d·v + d·ln v, which is nearly always. For shapes below 1: Gamma(s) =
// Gamma(s+1)·u^(1/s).
double logGamma(double shape, base::RandomStream& random) {
    if (shape < 1) {
        const double boosted = logGamma(shape + 1, random);
        return boosted + logUniform(random) / shape;
    }
    const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    for (;;) {
        const double x = random.normal(), root = 1 + c * x, v = root * root * root;
        if (v > 0 && logUniform(random) < x * x / 2 + d - d * v + d * std::log(v)) return std::log(d) + std::log(v);
    }
}

double symmetricBeta(double alpha, base::RandomStream& random) {
    const double first = logGamma(alpha, random), second = logGamma(alpha, random);
    return 1 / (1 + std::exp(second - first));
}

void symmetricDirichlet(double alpha, std::span<double> shares, base::RandomStream& random) {
    for (double& share : shares) share = logGamma(alpha, random);
    const double largest = *std::ranges::max_element(shares);
    double sum = 0;
    for (double& share : shares) sum += share = std::exp(share - largest);
    for (double& share : shares) share /= sum;
}

}  // namespace perceptory::data
