#pragma once
// All eigenvectors of a symmetric matrix whose tridiagonal form is known, by the implicit QR algorithm.

#include <span>

#include "engine/backends/cpu/ThreadPool.h"
#include "engine/base/Progress.h"
#include "engine/data/preprocessing/TridiagonalVectors.h"

namespace perceptory::data {

// Of A = Q T Qᵀ: `vectors` is Q, [n][n], one column of Q behind the other, and becomes the eigenvectors of A in the
// order of the eigenvalues, which are returned, the largest first. The bits do not depend on the number of threads.
// Throws Cancelled.
std::vector<double> diagonalize(Tridiagonal matrix, std::span<double> vectors, backends::cpu::ThreadPool& pool,
                                const base::Progress& progress);

}  // namespace perceptory::data
