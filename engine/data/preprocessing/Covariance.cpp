#include "engine/data/preprocessing/Covariance.h"

#include <Eigen/Dense>

#include <optional>

#include "engine/data/preprocessing/TridiagonalVectors.h"

namespace perceptory::data {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

// Up to here all eigenvectors take a second or two. Beyond, only those that are wanted are worked out.
constexpr Index widestAtOnce = 1024;

MatrixXd covarianceOf(const TrainingRows& rows, const std::vector<double>& mean) {
    const auto width = static_cast<Index>(rows.width());
    const Eigen::Map<const VectorXd> centre(mean.data(), width);
    MatrixXd lower = MatrixXd::Zero(width, width);
    rows.blocks([&](const float* values, std::size_t count) {
        const Eigen::Map<const Eigen::MatrixXf> block(values, width, static_cast<Index>(count));
        const MatrixXd centred = block.cast<double>().colwise() - centre;
        lower.selfadjointView<Eigen::Lower>().rankUpdate(centred, 1 / static_cast<double>(rows.count()));
    });
    return lower.selfadjointView<Eigen::Lower>();
}

std::vector<double> listOf(const MatrixXd& matrix) { return {matrix.data(), matrix.data() + matrix.size()}; }

}  // namespace

struct Covariance::Solver {
    explicit Solver(MatrixXd matrix) : covariance(std::move(matrix)) {
        if (covariance.rows() <= widestAtOnce)
            all.emplace(covariance);
        else
            tridiagonal.emplace(covariance);
    }

    VectorXd eigenvalues() const {
        if (all) return all->eigenvalues().reverse();
        Eigen::SelfAdjointEigenSolver<MatrixXd> solver;
        solver.computeFromTridiagonal(tridiagonal->diagonal(), tridiagonal->subDiagonal(), Eigen::EigenvaluesOnly);
        return solver.eigenvalues().reverse();
    }

    // Covariance = Q T Qᵀ with T tridiagonal. A few eigenvectors of T cost next to nothing; of many, or where they
    // would not come out well, a singular value decomposition is quicker: for a covariance it gives the same.
    MatrixXd eigenvectors(Index count) const {
        if (all) return all->eigenvectors().rowwise().reverse().leftCols(count);
        if (count <= covariance.rows() / 4)
            if (const auto few =
                    tridiagonalVectors({listOf(tridiagonal->diagonal()), listOf(tridiagonal->subDiagonal())},
                                       listOf(eigenvalues().head(count))))
                return tridiagonal->matrixQ() * Eigen::Map<const MatrixXd>(few->data(), covariance.rows(), count);
        return Eigen::BDCSVD<MatrixXd>(covariance, Eigen::ComputeThinU).matrixU().leftCols(count);
    }

    MatrixXd covariance;
    std::optional<Eigen::SelfAdjointEigenSolver<MatrixXd>> all;
    std::optional<Eigen::Tridiagonalization<MatrixXd>> tridiagonal;
};

Covariance::Covariance(const TrainingRows& rows, const std::vector<double>& mean)
    : m_solver(std::make_unique<Solver>(covarianceOf(rows, mean))) {}
Covariance::~Covariance() = default;

std::vector<double> Covariance::variances() const { return listOf(m_solver->eigenvalues()); }

std::vector<double> Covariance::axes(std::size_t count) const {
    return listOf(m_solver->eigenvectors(static_cast<Index>(count)));
}

}  // namespace perceptory::data
