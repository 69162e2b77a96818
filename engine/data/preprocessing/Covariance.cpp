#include "engine/data/preprocessing/Covariance.h"

#include <Eigen/Dense>

#include <algorithm>
#include <optional>
#include <thread>

#include "engine/backends/cpu/SharedRows.h"
#include "engine/data/preprocessing/TridiagonalRotations.h"

namespace perceptory::data {

using backends::cpu::ThreadPool;
using Eigen::Index;
using Eigen::Map;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

// How far the work is when the covariance is there, and its tridiagonal form.
constexpr double sumShare = 0.4, tridiagonalShare = 0.7;

// Of variances below this part of the largest, the axes that the Gram matrix gives are not quite orthogonal.
constexpr double leastOfGram = 1e-8;

int threadsHere() { return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 16); }

std::vector<double> listOf(const MatrixXd& matrix) { return {matrix.data(), matrix.data() + matrix.size()}; }

// lower += x · transpose(x), of which the lower triangle alone is right. Threads share columns of the result, a short
// panel and a long one at a time, so the bits do not depend on their number.
void addSquare(const MatrixXd& x, MatrixXd& lower, ThreadPool& pool) {
    constexpr Index columns = 96;
    const Index n = x.rows(), panels = (n + columns - 1) / columns;
    const auto add = [&](Index panel) {
        const Index first = panel * columns, count = std::min(columns, n - first);
        lower.block(first, first, n - first, count).noalias() +=
            x.bottomRows(n - first) * x.middleRows(first, count).transpose();
    };
    const auto pairs = static_cast<std::size_t>((panels + 1) / 2);
    shareRows(pool, pairs, static_cast<std::size_t>(x.size() * n), [&](std::size_t i) {
        const auto panel = static_cast<Index>(i), other = panels - 1 - panel;
        add(panel);
        if (other != panel) add(other);
    });
}

// Values of rows less their mean, one row as a column.
MatrixXd centred(const float* values, std::size_t count, const std::vector<double>& mean) {
    const auto width = static_cast<Index>(mean.size());
    const Map<const Eigen::MatrixXf> rows(values, width, static_cast<Index>(count));
    return rows.cast<double>().colwise() - Map<const VectorXd>(mean.data(), width);
}

MatrixXd covarianceOf(const TrainingRows& rows, const std::vector<double>& mean, ThreadPool& pool,
                      const base::Progress& progress) {
    const auto width = static_cast<Index>(rows.width());
    MatrixXd lower = MatrixXd::Zero(width, width);
    const auto add = [&](const float* values, std::size_t count) {
        addSquare(centred(values, count, mean), lower, pool);
    };
    rows.blocks(add, progress);
    lower /= static_cast<double>(rows.count());
    return lower;
}

// All rows at once, each a column.
MatrixXd columnsOf(const TrainingRows& rows, const std::vector<double>& mean, const base::Progress& progress) {
    MatrixXd all(static_cast<Index>(rows.width()), static_cast<Index>(rows.count()));
    Index first = 0;
    const auto take = [&](const float* values, std::size_t count) {
        all.middleCols(first, static_cast<Index>(count)) = centred(values, count, mean);
        first += static_cast<Index>(count);
    };
    rows.blocks(take, progress);
    return all;
}

// A symmetric matrix without negative eigenvalues as Q T Qᵀ, T tridiagonal.
class Symmetric {
public:
    explicit Symmetric(const MatrixXd& lower) : m_form(lower) {
        Eigen::SelfAdjointEigenSolver<MatrixXd> solver;
        solver.computeFromTridiagonal(m_form.diagonal(), m_form.subDiagonal(), Eigen::EigenvaluesOnly);
        m_values = solver.eigenvalues().reverse();
    }

    const VectorXd& eigenvalues() const { return m_values; }

    // A few eigenvectors of T cost next to nothing. Of many, or where they would not come out well, all are worked out.
    MatrixXd eigenvectors(Index count, ThreadPool& pool, const base::Progress& progress) const {
        const Index n = m_values.size();
        const Tridiagonal tridiagonal{listOf(m_form.diagonal()), listOf(m_form.subDiagonal())};
        if (count <= n / 4)
            if (const auto few = tridiagonalVectors(tridiagonal, listOf(m_values.head(count))))
                return m_form.matrixQ() * Map<const MatrixXd>(few->data(), n, count);
        MatrixXd vectors = m_form.matrixQ();
        diagonalize(tridiagonal, {vectors.data(), static_cast<std::size_t>(vectors.size())}, pool, progress);
        return vectors.leftCols(count);
    }

private:
    Eigen::Tridiagonalization<MatrixXd> m_form;
    VectorXd m_values;
};

}  // namespace

// With fewer rows than columns, x being the rows as columns, the covariance x·xᵀ/n has the eigenvalues of the smaller
// xᵀ·x/n and others that are 0; an eigenvector u of that one gives x·u/√(n·eigenvalue).
struct Covariance::Solver {
    Solver(const TrainingRows& trainingRows, const std::vector<double>& theirMean, const base::Progress& told)
        : rows(trainingRows), mean(theirMean), progress(told), pool(threadsHere()) {
        if (rows.count() < rows.width())
            measureGram();
        else
            measure(base::piece(progress, 0, sumShare));
        base::tell(progress, tridiagonalShare);
    }

    void measureGram() {
        columns = columnsOf(rows, mean, base::piece(progress, 0, sumShare));
        const MatrixXd turned = columns.transpose();
        MatrixXd gram = MatrixXd::Zero(turned.rows(), turned.rows());
        addSquare(turned, gram, pool);
        matrix.emplace(gram / static_cast<double>(rows.count()));
    }

    void measure(const base::Progress& ofSum) {
        matrix.emplace(covarianceOf(rows, mean, pool, ofSum));
        columns.resize(0, 0);
    }

    bool isGram() const { return columns.size() > 0; }

    MatrixXd axes(Index count) {
        const VectorXd& values = matrix->eigenvalues();
        if (isGram() && (count > values.size() || !(values[count - 1] > leastOfGram * values[0]))) {
            measure(base::piece(progress, tridiagonalShare, tridiagonalShare));
            return axes(count);
        }
        const MatrixXd vectors = matrix->eigenvectors(count, pool, base::piece(progress, tridiagonalShare, 1));
        if (!isGram()) return vectors;
        const VectorXd lengths = (values.head(count) * static_cast<double>(rows.count())).cwiseSqrt();
        return columns * vectors * lengths.cwiseInverse().asDiagonal();
    }

    const TrainingRows& rows;
    const std::vector<double>& mean;
    base::Progress progress;
    ThreadPool pool;
    std::optional<Symmetric> matrix;
    MatrixXd columns;  // of the Gram matrix
};

Covariance::Covariance(const TrainingRows& rows, const std::vector<double>& mean, const base::Progress& progress)
    : m_solver(std::make_unique<Solver>(rows, mean, progress)) {}
Covariance::~Covariance() = default;

std::vector<double> Covariance::variances() const {
    std::vector<double> values = listOf(m_solver->matrix->eigenvalues());
    values.resize(m_solver->rows.width());
    return values;
}

std::vector<double> Covariance::axes(std::size_t count) { return listOf(m_solver->axes(static_cast<Index>(count))); }

}  // namespace perceptory::data
