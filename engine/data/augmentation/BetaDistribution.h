#pragma once
// Shares that sum to one: the distributions of mixup, CutMix and AugMix.

#include <span>

#include "engine/base/Random.h"

namespace perceptory::data {

// The logarithm of a Gamma(shape, 1) variate, shape > 0. A logarithm, because small shapes give values below the
// smallest double.
double logGamma(double shape, base::RandomStream& random);

// Beta(alpha, alpha): mean 1/2, variance 1/(4(2 alpha + 1)).
double symmetricBeta(double alpha, base::RandomStream& random);

// Dirichlet(alpha, …, alpha): fills `shares`.
void symmetricDirichlet(double alpha, std::span<double> shares, base::RandomStream& random);

}  // namespace perceptory::data
