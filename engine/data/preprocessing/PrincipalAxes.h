#pragma once
// The directions in which training rows vary most: eigenvectors of their covariance, divided by the number of rows.

#include <optional>
#include <span>

#include "engine/data/preprocessing/PackedMatrix.h"

namespace perceptory::data {

struct PrincipalAxes {
    std::vector<double> mean;       // [width]
    std::vector<double> variances;  // [k], the largest first
    std::vector<double> axes;       // [k][width], length 1; the largest entry of each is positive, so that a sign is
                                    // never a matter of chance

    std::size_t count() const { return variances.size(); }
};

// Turns an axis so that its largest entry is positive.
void fixSign(std::span<double> axis);

// Which to keep: so many, or, with 0, the fewest that hold this share of the variance.
struct AxesKept {
    std::int64_t count = 0;
    double share = 1;
};

inline constexpr std::size_t widestCovariance = 4096;  // columns
inline constexpr std::size_t mostCovarianceRows = 20'000;

// Measures at most mostCovarianceRows rows, evenly spaced. Nothing after reporting that there are too many columns.
std::optional<PrincipalAxes> principalAxes(const FitRequest& request, const AxesKept& kept);

// sqrt(variance + epsilon) of each axis: what whitening divides by. 1 where nothing varies and epsilon is 0.
std::vector<double> spreadsOf(const PrincipalAxes& found, double epsilon);

// [width][k] with every axis divided by its spread, and [k][width] with every axis multiplied by it.
PackedMatrix ontoAxes(const PrincipalAxes& found, const std::vector<double>& spreads);
PackedMatrix fromAxes(const PrincipalAxes& found, const std::vector<double>& spreads);

// What pca and its kin let the user choose.
base::ParamType componentsParam();
base::ParamType varianceParam(double fallback);
base::ParamType epsilonParam();
AxesKept keptBy(const base::ParamValues& values);

}  // namespace perceptory::data
