#include "engine/data/preprocessing/TridiagonalRotations.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "engine/backends/cpu/SharedRows.h"

namespace perceptory::data {

namespace {

// Columns k and k + 1 become c·x + s·y and c·y - s·x.
struct Rotation {
    double c = 1, s = 0;
};

// Rotations of the columns from `first` on, each of the next pair.
struct Sweep {
    std::size_t first = 0;
    std::vector<Rotation> rotations;
};

// Sweeps that are done to a row of the vectors while it is in the cache.
constexpr std::size_t sweepsTogether = 32;

// The vectors in panels of a few rows, so that rotating two columns reads and writes memory in order. Rows do not
// depend on one another: threads share the panels.
class Panels {
public:
    explicit Panels(std::span<double> vectors)
        : m_vectors(vectors),
          m_size(static_cast<std::size_t>(std::sqrt(static_cast<double>(vectors.size())) + 0.5)),
          m_values((m_size + lanes - 1) / lanes * lanes * m_size) {
        forEntries([](double& packed, double& entry) { packed = entry; });
    }

    void rotate(const std::vector<Sweep>& sweeps, backends::cpu::ThreadPool& pool) {
        shareRows(pool, count(), sweeps.size() * m_size * m_size, [&](std::size_t panel) {
            for (const Sweep& sweep : sweeps) rotate(sweep, panel);
        });
    }

    // Back to the vectors, column order[i] as column i.
    void unpack(const std::vector<std::size_t>& order) {
        std::vector<std::size_t> place(order.size());
        for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
        m_place = std::move(place);
        forEntries([](double& packed, double& entry) { entry = packed; });
    }

private:
    static constexpr std::size_t lanes = 8;
    using Lanes = Eigen::Array<double, static_cast<int>(lanes), 1>;

    std::size_t count() const { return m_values.size() / lanes / m_size; }

    template <class Work>
    void forEntries(const Work& work) {
        for (std::size_t panel = 0; panel < count(); ++panel)
            for (std::size_t column = 0; column < m_size; ++column) {
                const std::size_t to = m_place.empty() ? column : m_place[column];
                for (std::size_t row = panel * lanes; row < std::min(m_size, (panel + 1) * lanes); ++row)
                    work(m_values[(panel * m_size + column) * lanes + row % lanes], m_vectors[to * m_size + row]);
            }
    }

    void rotate(const Sweep& sweep, std::size_t panel) {
        double* column = m_values.data() + (panel * m_size + sweep.first) * lanes;
        Lanes x = Eigen::Map<const Lanes>(column);
        for (const auto& [c, s] : sweep.rotations) {
            const Lanes y = Eigen::Map<const Lanes>(column + lanes);
            Eigen::Map<Lanes>{column} = c * x + s * y;
            x = c * y - s * x;
            column += lanes;
        }
        Eigen::Map<Lanes>{column} = x;
    }

    std::span<double> m_vectors;
    std::size_t m_size;
    std::vector<std::size_t> m_place;  // of each column when they are unpacked
    std::vector<double> m_values;      // [panels][columns][lanes]
};

// The part first … last of the matrix, in which no entry beside the diagonal is 0, turned once so that the entry beside
// `last` becomes smaller (Golub and Van Loan, Matrix Computations, 8.3.5: Wilkinson's shift, then the bulge is chased).
Sweep turn(Tridiagonal& t, std::size_t first, std::size_t last) {
    const double half = (t.diagonal[last - 1] - t.diagonal[last]) / 2, beside = t.beside[last - 1];
    const double shift = t.diagonal[last] - beside * (beside / (half + std::copysign(std::hypot(half, beside), half)));
    Sweep sweep{first, std::vector<Rotation>(last - first)};
    double x = t.diagonal[first] - shift, bulge = t.beside[first];
    for (std::size_t k = first; k < last; ++k) {
        const double length = std::hypot(x, bulge);
        const Rotation turn = length > 0 ? Rotation{x / length, bulge / length} : Rotation{};
        if (k > first) t.beside[k - 1] = length;
        const double middle = t.beside[k], gap = turn.s * (t.diagonal[k + 1] - t.diagonal[k]) + 2 * turn.c * middle;
        t.diagonal[k] += turn.s * gap;
        t.diagonal[k + 1] -= turn.s * gap;
        x = t.beside[k] = turn.c * gap - middle;
        if (k + 1 < last) {
            bulge = turn.s * t.beside[k + 1];
            t.beside[k + 1] *= turn.c;
        }
        sweep.rotations[k - first] = turn;
    }
    return sweep;
}

double largestEntry(const Tridiagonal& t) {
    double largest = 0;
    for (const auto* list : {&t.diagonal, &t.beside})
        for (const double entry : *list) largest = std::max(largest, std::abs(entry));
    return largest;
}

}  // namespace

std::vector<double> diagonalize(Tridiagonal matrix, std::span<double> vectors, backends::cpu::ThreadPool& pool,
                                const base::Progress& progress) {
    const std::size_t n = matrix.diagonal.size();
    const double rounding = std::numeric_limits<double>::epsilon() * largestEntry(matrix);
    Panels panels(vectors);
    std::vector<Sweep> sweeps;
    for (std::size_t last = n - 1; last > 0;) {
        if (std::abs(matrix.beside[last - 1]) <= rounding) {
            --last;
            continue;
        }
        std::size_t first = last - 1;
        while (first > 0 && std::abs(matrix.beside[first - 1]) > rounding) --first;
        sweeps.push_back(turn(matrix, first, last));
        if (sweeps.size() < sweepsTogether) continue;
        panels.rotate(sweeps, pool);
        sweeps.clear();
        base::tell(progress, 1 - std::pow(static_cast<double>(last) / static_cast<double>(n), 2));
    }
    panels.rotate(sweeps, pool);
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return matrix.diagonal[i]; });
    panels.unpack(order);
    std::vector<double> values;
    for (const std::size_t i : order) values.push_back(matrix.diagonal[i]);
    return values;
}

}  // namespace perceptory::data
