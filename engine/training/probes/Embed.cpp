#include "engine/training/probes/Embed.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/Random.h"

namespace perceptory::training {

namespace {

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Rows orthonormal(const Rows& columns) {
    const Eigen::HouseholderQR<Eigen::MatrixXf> parts{Eigen::MatrixXf(columns)};
    return parts.householderQ() * Eigen::MatrixXf::Identity(columns.rows(), columns.cols());
}

}  // namespace

std::vector<float> principalComponents(std::span<const float> values, std::int64_t samples, std::int64_t count) {
    constexpr std::int64_t spare = 8, rounds = 20;
    std::vector<float> result(static_cast<std::size_t>(samples * count), 0.0f);
    if (samples == 0 || values.empty()) return result;
    const std::int64_t width = static_cast<std::int64_t>(values.size()) / samples;
    Rows x = Eigen::Map<const Rows>(values.data(), samples, width);
    const Eigen::RowVectorXf mean = x.colwise().mean();
    x.rowwise() -= mean;
    const std::int64_t found = std::min({count + spare, width, samples});
    base::RandomStream random(1, base::stableHash("principal components"));
    Rows axes(width, found);
    for (Eigen::Index i = 0; i < axes.size(); ++i) axes.data()[i] = static_cast<float>(random.normal());
    axes = orthonormal(axes);
    for (std::int64_t round = 0; round < rounds; ++round) axes = orthonormal(Rows(x.transpose() * (x * axes)));
    const Rows along = x * axes;
    // Within the subspace exactly; the largest eigenvalues come last.
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver((along.transpose() * along).cast<double>());
    for (std::int64_t k = 0; k < std::min(count, found); ++k) {
        const Eigen::VectorXf turn = solver.eigenvectors().col(found - 1 - k).cast<float>();
        const Eigen::VectorXf axis = axes * turn;
        Eigen::Index largest = 0;
        axis.cwiseAbs().maxCoeff(&largest);
        const Eigen::VectorXf places = along * (axis(largest) < 0 ? Eigen::VectorXf(-turn) : turn);
        for (std::int64_t i = 0; i < samples; ++i) result[static_cast<std::size_t>(i * count + k)] = places(i);
    }
    return result;
}

std::vector<std::uint32_t> nearestNeighbours(std::span<const float> values, std::int64_t samples, std::int64_t count) {
    constexpr std::int64_t block = 256;
    std::vector<std::uint32_t> result;
    if (samples == 0) return result;
    const Eigen::Map<const Rows> x(values.data(), samples, static_cast<std::int64_t>(values.size()) / samples);
    const Eigen::VectorXf squares = x.rowwise().squaredNorm();
    std::vector<std::uint32_t> order(static_cast<std::size_t>(samples));
    const std::int64_t found = std::min(count, samples - 1);
    for (std::int64_t first = 0; first < samples; first += block) {
        const std::int64_t size = std::min(block, samples - first);
        // |a − b|² less what is the same for all b.
        Rows distances = -2.0f * (x.middleRows(first, size) * x.transpose());
        distances.rowwise() += squares.transpose();
        for (std::int64_t i = 0; i < size; ++i) {
            distances(i, first + i) = std::numeric_limits<float>::infinity();
            std::iota(order.begin(), order.end(), 0u);
            std::ranges::partial_sort(order, order.begin() + found, [&](std::uint32_t a, std::uint32_t b) {
                return std::pair(distances(i, a), a) < std::pair(distances(i, b), b);
            });
            result.insert(result.end(), order.begin(), order.begin() + found);
            result.insert(result.end(), static_cast<std::size_t>(count - found), static_cast<std::uint32_t>(first + i));
        }
    }
    return result;
}

}  // namespace perceptory::training
