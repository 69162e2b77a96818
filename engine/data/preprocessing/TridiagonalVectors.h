#pragma once
// Eigenvectors of a symmetric tridiagonal matrix by inverse iteration.

#include <optional>
#include <vector>

namespace perceptory::data {

// A symmetric matrix with entries next to its diagonal only.
struct Tridiagonal {
    std::vector<double> diagonal;  // [n]
    std::vector<double> beside;    // [n - 1]
};

// The eigenvectors of the largest eigenvalues `values` (descending, each as often as it occurs), [count][n], of length
// 1 and orthogonal. Nothing where one does not come out to the last digits but a few.
std::optional<std::vector<double>> tridiagonalVectors(const Tridiagonal& matrix, const std::vector<double>& values);

}  // namespace perceptory::data
