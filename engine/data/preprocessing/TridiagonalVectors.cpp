#include "engine/data/preprocessing/TridiagonalVectors.h"

#include <Eigen/Core>

#include <cmath>

#include "engine/base/Random.h"

namespace perceptory::data {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

// T - value·I = L U with rows exchanged where the one below has the larger pivot, so that U has two diagonals above its
// own. A pivot of 0, which is what an eigenvalue leaves, becomes tiny instead: the solution then points along the
// eigenvector (Wilkinson).
class ShiftedSolver {
public:
    ShiftedSolver(const Tridiagonal& matrix, double value, double tiny)
        : m_pivot(matrix.diagonal),
          m_above(matrix.beside),
          m_second(matrix.diagonal.size()),
          m_factor(matrix.diagonal.size()),
          m_swapped(matrix.diagonal.size()) {
        const std::size_t n = m_pivot.size();
        for (double& pivot : m_pivot) pivot -= value;
        m_above.push_back(0);
        for (std::size_t i = 0; i + 1 < n; ++i) eliminate(i, matrix.beside[i], tiny);
        if (std::abs(m_pivot[n - 1]) < tiny) m_pivot[n - 1] = tiny;
    }

    void solve(VectorXd& x) const {
        const auto n = static_cast<std::size_t>(x.size());
        for (std::size_t i = 0; i + 1 < n; ++i) {
            double &here = x[static_cast<Index>(i)], &below = x[static_cast<Index>(i + 1)];
            if (m_swapped[i]) std::swap(here, below);
            below -= m_factor[i] * here;
        }
        double next = 0, afterNext = 0;
        for (std::size_t i = n; i-- > 0;) {
            const double value = (x[static_cast<Index>(i)] - m_above[i] * next - m_second[i] * afterNext) / m_pivot[i];
            afterNext = next;
            x[static_cast<Index>(i)] = next = value;
        }
    }

private:
    // Clears the entry `below` under pivot i.
    void eliminate(std::size_t i, double below, double tiny) {
        if (std::abs(below) > std::abs(m_pivot[i])) {
            m_swapped[i] = true;
            m_factor[i] = m_pivot[i] / below;
            const double above = m_above[i];
            m_pivot[i] = below;
            m_above[i] = m_pivot[i + 1];
            m_second[i] = m_above[i + 1];
            m_pivot[i + 1] = above - m_factor[i] * m_above[i];
            m_above[i + 1] = -m_factor[i] * m_second[i];
            return;
        }
        if (std::abs(m_pivot[i]) < tiny) m_pivot[i] = tiny;
        m_factor[i] = below / m_pivot[i];
        m_pivot[i + 1] -= m_factor[i] * m_above[i];
    }

    std::vector<double> m_pivot, m_above, m_second, m_factor;
    std::vector<bool> m_swapped;
};

VectorXd times(const Tridiagonal& matrix, const VectorXd& x) {
    const Index n = x.size();
    const Eigen::Map<const VectorXd> diagonal(matrix.diagonal.data(), n), beside(matrix.beside.data(), n - 1);
    VectorXd result = diagonal.cwiseProduct(x);
    result.head(n - 1) += beside.cwiseProduct(x.tail(n - 1));
    result.tail(n - 1) += beside.cwiseProduct(x.head(n - 1));
    return result;
}

// Twice, because once leaves rounding of what it took away.
void makeOrthogonal(VectorXd& x, const Eigen::Ref<const MatrixXd>& others) {
    for (int pass = 0; pass < 2; ++pass) {
        x -= others * (others.transpose() * x);
        x.normalize();
    }
}

}  // namespace

std::optional<std::vector<double>> tridiagonalVectors(const Tridiagonal& matrix, const std::vector<double>& values) {
    const auto n = static_cast<Index>(matrix.diagonal.size()), count = static_cast<Index>(values.size());
    const double largest = std::abs(values.front());
    MatrixXd vectors(n, count);
    base::RandomStream random(1, base::stableHash("tridiagonal vectors"));
    for (Index i = 0; i < count; ++i) {
        const double value = values[static_cast<std::size_t>(i)];
        const ShiftedSolver solver(matrix, value, 1e-16 * largest + 1e-300);
        VectorXd x(n);
        for (double& entry : x) entry = random.uniform(-1, 1);
        x.normalize();
        bool good = false;
        for (int pass = 0; pass < 6 && !good; ++pass) {
            solver.solve(x);
            x.normalize();
            makeOrthogonal(x, vectors.leftCols(i));
            good = (times(matrix, x) - value * x).norm() <= 1e-12 * largest;
        }
        if (!good) return {};
        vectors.col(i) = x;
    }
    return std::vector<double>(vectors.data(), vectors.data() + vectors.size());
}

}  // namespace perceptory::data
