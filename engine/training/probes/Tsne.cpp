// Barnes-Hut t-SNE: places y whose neighbourhoods q ∝ 1 / (1 + |y_i − y_j|²) are those p of the numbers. The forces
// that push all samples apart are summed up over the cells of a tree of squares. Van der Maaten 2014.

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/training/probes/Embed.h"

namespace perceptory::training {

namespace {

using Point = std::array<double, 2>;

// p of every pair that are neighbours, both ways: rows of a sparse matrix.
struct Neighbourhoods {
    struct Entry {
        std::uint32_t other;
        double share;
    };
    std::vector<std::vector<Entry>> of;
};

// Shares exp(−β·d²) of neighbours whose entropy is log(perplexity); β by halving.
std::vector<double> sharesOf(std::span<const double> squares, double perplexity) {
    const double wanted = std::log(perplexity);
    const double least = *std::ranges::min_element(squares);
    double beta = 1, low = 0, high = INFINITY;
    std::vector<double> shares(squares.size());
    for (int round = 0; round < 100; ++round) {
        double sum = 0, mean = 0;
        for (std::size_t i = 0; i < squares.size(); ++i) {
            shares[i] = std::exp(-beta * (squares[i] - least));
            sum += shares[i];
            mean += shares[i] * (squares[i] - least);
        }
        for (double& share : shares) share /= sum;
        const double entropy = std::log(sum) + beta * mean / sum;
        if (std::abs(entropy - wanted) < 1e-5) break;
        (entropy > wanted ? low : high) = beta;
        beta = std::isinf(high) ? beta * 2 : (low + high) / 2;
    }
    return shares;
}

Neighbourhoods neighbourhoods(std::span<const float> values, std::int64_t samples, double perplexity) {
    const auto count = static_cast<std::size_t>(samples), width = values.size() / count;
    const auto near = static_cast<std::size_t>(std::min<double>(3 * perplexity, static_cast<double>(samples - 1)));
    const std::vector<std::uint32_t> others = nearestNeighbours(values, samples, static_cast<std::int64_t>(near));
    Neighbourhoods result{std::vector<std::vector<Neighbourhoods::Entry>>(count)};
    std::vector<double> squares(near);
    for (std::size_t i = 0; i < count; ++i) {
        const auto own = std::span(others).subspan(i * near, near);
        for (std::size_t k = 0; k < near; ++k) {
            squares[k] = 0;
            for (std::size_t c = 0; c < width; ++c) {
                const double away = double{values[i * width + c]} - double{values[own[k] * width + c]};
                squares[k] += away * away;
            }
        }
        const std::vector<double> shares = sharesOf(squares, perplexity);
        for (std::size_t k = 0; k < near; ++k) {
            const double half = shares[k] / (2 * static_cast<double>(samples));
            result.of[i].push_back({own[k], half});
            result.of[own[k]].push_back({static_cast<std::uint32_t>(i), half});
        }
    }
    return result;
}

// Squares that are cut into four until each holds one place, with how many places lie in it and their middle.
class Tree {
public:
    Tree(std::span<const Point> places, double theta) : m_squareOfTheta(theta * theta) {
        Point low{INFINITY, INFINITY}, high{-INFINITY, -INFINITY};
        for (const Point& place : places)
            for (const std::size_t axis : {0u, 1u}) {
                low[axis] = std::min(low[axis], place[axis]);
                high[axis] = std::max(high[axis], place[axis]);
            }
        const double side = std::max({high[0] - low[0], high[1] - low[1], 1e-12}) * 1.0001;
        m_cells.reserve(2 * places.size() + 16);
        m_cells.push_back({.corner = low, .side = side});
        for (const Point& place : places) insert(place);
        for (Cell& cell : m_cells)
            for (double& sum : cell.middle) sum /= static_cast<double>(std::max(1, cell.count));
    }

    // Σ_j (1 + d²)⁻² (y_i − y_j) without the factor 1/Z; adds Σ_j (1 + d²)⁻¹ to `total`.
    Point push(const Point& place, double& total) const {
        Point force{};
        m_open.assign(1, 0);
        while (!m_open.empty()) {
            const Cell& cell = m_cells[static_cast<std::size_t>(m_open.back())];
            m_open.pop_back();
            const double dx = place[0] - cell.middle[0], dy = place[1] - cell.middle[1], square = dx * dx + dy * dy;
            if (cell.first >= 0 && cell.side * cell.side >= m_squareOfTheta * square) {
                for (int k = 0; k < 4; ++k)
                    if (m_cells[static_cast<std::size_t>(cell.first + k)].count > 0) m_open.push_back(cell.first + k);
                continue;
            }
            // The place itself adds 1 to the total and no force.
            const double q = 1 / (1 + square), weight = cell.count * q;
            total += weight;
            force[0] += weight * q * dx;
            force[1] += weight * q * dy;
        }
        return force;
    }

private:
    struct Cell {
        Point corner{};
        double side = 0;
        Point middle{};  // a sum until the tree stands
        int count = 0;
        int first = -1;  // of its four parts; −1: it is not cut
    };

    static int partOf(const Cell& cell, const Point& place) {
        const double half = cell.side / 2;
        return (place[0] >= cell.corner[0] + half ? 1 : 0) + (place[1] >= cell.corner[1] + half ? 2 : 0);
    }

    void insert(const Point& place) {
        constexpr int deepest = 40;  // places that are the same share a cell
        int at = 0;
        for (int depth = 0;; ++depth) {
            Cell& cell = m_cells[static_cast<std::size_t>(at)];
            const bool empty = cell.count == 0;
            const Point before = cell.middle;
            const int held = cell.count++;
            cell.middle[0] += place[0];
            cell.middle[1] += place[1];
            if (empty || (depth == deepest && cell.first < 0)) return;
            if (cell.first < 0) cut(at, before, held);
            at = m_cells[static_cast<std::size_t>(at)].first + partOf(m_cells[static_cast<std::size_t>(at)], place);
        }
    }

    // What the cell held moves into one of its parts: a single place, or many that are the same.
    void cut(int at, const Point& sum, int held) {
        const Cell parent = m_cells[static_cast<std::size_t>(at)];
        const int first = static_cast<int>(m_cells.size());
        m_cells[static_cast<std::size_t>(at)].first = first;
        for (int k = 0; k < 4; ++k)
            m_cells.push_back(
                {.corner = {parent.corner[0] + (k % 2) * parent.side / 2, parent.corner[1] + (k / 2) * parent.side / 2},
                 .side = parent.side / 2});
        Cell& part = m_cells[static_cast<std::size_t>(first + partOf(parent, {sum[0] / held, sum[1] / held}))];
        part.count = held;
        part.middle = sum;
    }

    double m_squareOfTheta;
    std::vector<Cell> m_cells;
    mutable std::vector<int> m_open;  // keeps its memory
};

class Descent {
public:
    Descent(std::vector<Point> places, Neighbourhoods near, const TsneSettings& settings)
        : m_places(std::move(places)),
          m_near(std::move(near)),
          m_settings(settings),
          m_speed(m_places.size(), Point{}),
          m_gain(m_places.size(), Point{1, 1}),
          m_slope(m_places.size()) {}

    void step(int iteration) {
        const bool early = iteration < m_settings.iterations / 3;
        findSlope(early ? 12 : 1);
        const double rate = std::max(50.0, static_cast<double>(m_places.size()) / 12), momentum = early ? 0.5 : 0.8;
        Point middle{};
        for (std::size_t i = 0; i < m_places.size(); ++i)
            for (const std::size_t axis : {0u, 1u}) {
                double& gain = m_gain[i][axis];
                const bool turned = (m_slope[i][axis] > 0) != (m_speed[i][axis] > 0);
                gain = std::max(0.01, turned ? gain + 0.2 : gain * 0.8);
                m_speed[i][axis] = momentum * m_speed[i][axis] - rate * gain * m_slope[i][axis];
                m_places[i][axis] += m_speed[i][axis];
                middle[axis] += m_places[i][axis] / static_cast<double>(m_places.size());
            }
        for (Point& place : m_places)
            for (const std::size_t axis : {0u, 1u}) place[axis] -= middle[axis];
    }

    std::vector<float> places() const {
        std::vector<float> result;
        for (const Point& place : m_places)
            for (const double number : place) result.push_back(static_cast<float>(number));
        return result;
    }

private:
    void findSlope(double exaggeration) {
        const Tree tree(m_places, m_settings.theta);
        double total = -static_cast<double>(m_places.size());  // each place finds itself
        for (std::size_t i = 0; i < m_places.size(); ++i) m_slope[i] = tree.push(m_places[i], total);
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            Point pull{};
            for (const auto& [other, share] : m_near.of[i]) {
                const double dx = m_places[i][0] - m_places[other][0], dy = m_places[i][1] - m_places[other][1];
                const double q = share / (1 + dx * dx + dy * dy);
                pull[0] += q * dx;
                pull[1] += q * dy;
            }
            for (const std::size_t axis : {0u, 1u})
                m_slope[i][axis] = 4 * (exaggeration * pull[axis] - m_slope[i][axis] / std::max(total, 1e-12));
        }
    }

    std::vector<Point> m_places;
    Neighbourhoods m_near;
    TsneSettings m_settings;
    std::vector<Point> m_speed, m_gain, m_slope;
};

// The first two components, as small as t-SNE begins.
std::vector<Point> firstPlaces(std::span<const float> values, std::int64_t samples) {
    const std::vector<float> plane = principalComponents(values, samples, 2);
    double squares = 0;
    for (std::size_t i = 0; i < plane.size(); i += 2) squares += double{plane[i]} * double{plane[i]};
    const double scale = 1e-4 / std::max(1e-12, std::sqrt(squares / static_cast<double>(samples)));
    std::vector<Point> places;
    for (std::size_t i = 0; i < plane.size(); i += 2)
        places.push_back({scale * double{plane[i]}, scale * double{plane[i + 1]}});
    return places;
}

}  // namespace

std::vector<float> tsne(std::span<const float> values, std::int64_t samples, const TsneSettings& settings,
                        const EmbedProgress& progress) {
    constexpr std::int64_t most = 50;
    if (samples < 4 || values.empty()) return principalComponents(values, samples, 2);
    std::vector<float> reduced;
    if (static_cast<std::int64_t>(values.size()) / samples > most) {
        reduced = principalComponents(values, samples, most);
        values = reduced;
    }
    const double perplexity = std::clamp(settings.perplexity, 1.0, static_cast<double>(samples - 1) / 3);
    Descent descent(firstPlaces(values, samples), neighbourhoods(values, samples, perplexity), settings);
    for (int iteration = 0; iteration < settings.iterations; ++iteration) {
        descent.step(iteration);
        const bool tells = progress && iteration % 10 == 9;
        if (tells && !progress(double(iteration + 1) / settings.iterations, descent.places())) break;
    }
    return descent.places();
}

}  // namespace perceptory::training
