// The direction is −H·g, where H is built from the last `history` changes of weights, s, and of gradients, y (Liu,
// Nocedal 1989; the two loops of Nocedal 1980). A step is `iterations` such moves, as PyTorch's LBFGS takes them. The
// line search finds a point with the strong Wolfe conditions by brackets and cubic interpolation (Nocedal, Wright 2006,
// algorithms 3.5 and 3.6).

#include "engine/optimizers/Optimizer.h"

#ifndef PERCEPTORY_KERNELS
#    include <algorithm>
#    include <cmath>
#    include <deque>
#    include <optional>

#    include "engine/optimizers/Solver.h"
#endif

namespace perceptory::optimizers {

// The table of kernels has a row for every member; a solver's is never called.
UPDATE_FORMULA(Lbfgs, w = w - n[0] * g;)
UPDATE_KERNELS(Lbfgs, "lbfgs")

#ifndef PERCEPTORY_KERNELS

namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

void addTimes(Vector& to, double factor, const Vector& what) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * what[i];
}

double largest(const Vector& values) {
    double size = 0;
    for (const double value : values) size = std::max(size, std::abs(value));
    return size;
}

struct Settings {
    int iterations = 20, evaluations = 25;
    std::size_t history = 100;
    double gradientTolerance = 1e-7, changeTolerance = 1e-9;
    bool lineSearch = false;
};

// A place on the line from the weights along the direction.
struct Place {
    double length = 0, loss = 0, slope = 0;
    Vector gradient;
};

// The lowest point of the cubic through two places with their slopes, within limits.
double cubicMinimum(const Place& a, const Place& b, double low, double high) {
    const Place& left = a.length <= b.length ? a : b;
    const Place& right = a.length <= b.length ? b : a;
    const double d = left.slope + right.slope - 3 * (left.loss - right.loss) / (left.length - right.length);
    const double square = d * d - left.slope * right.slope;
    if (!(square >= 0)) return (low + high) / 2;
    const double root = std::sqrt(square);
    const double share = (right.slope + root - d) / (right.slope - left.slope + 2 * root);
    return std::clamp(right.length - (right.length - left.length) * share, low, high);
}

double cubicMinimum(const Place& a, const Place& b) {
    return cubicMinimum(a, b, std::min(a.length, b.length), std::max(a.length, b.length));
}

class WolfeSearch {
public:
    static constexpr double sufficientDecrease = 1e-4, curvature = 0.9;
    static constexpr int mostTries = 25;

    WolfeSearch(std::function<Place(double)> at, Place start, double size, double tolerance)
        : m_at(std::move(at)), m_start(std::move(start)), m_size(size), m_tolerance(tolerance) {}

    Place run(double length) {
        if (!bracket(length)) narrow();
        return m_low;
    }

private:
    bool tooHigh(const Place& place) const {
        return place.loss > m_start.loss + sufficientDecrease * place.length * m_start.slope;
    }
    bool flat(const Place& place) const { return std::abs(place.slope) <= -curvature * m_start.slope; }

    void between(Place a, Place b) {
        const bool first = a.loss <= b.loss;
        m_low = first ? a : b;
        m_high = first ? std::move(b) : std::move(a);
    }

    // True when a good place was met already; else it lies between m_low and m_high.
    bool bracket(double length) {
        Place before = m_start, here = m_at(length);
        for (m_tries = 0; m_tries < mostTries; ++m_tries) {
            const bool rises = tooHigh(here) || (m_tries > 1 && here.loss >= before.loss);
            if (!rises && flat(here)) {
                m_low = here;
                return true;
            }
            if (rises || here.slope >= 0) {
                between(before, here);
                return false;
            }
            const double least = here.length + 0.01 * (here.length - before.length);
            const double next = cubicMinimum(before, here, least, here.length * 10);
            before = std::exchange(here, m_at(next));
        }
        between(m_start, here);
        return false;
    }

    void narrow() {
        bool stuck = false;
        for (; m_tries < mostTries; ++m_tries) {
            const double width = std::abs(m_high.length - m_low.length);
            if (width * m_size < m_tolerance) return;
            const Place here = m_at(tryLength(stuck));
            if (tooHigh(here) || here.loss >= m_low.loss) {
                between(m_low, here);
                continue;
            }
            const bool good = flat(here);
            if (here.slope * (m_high.length - m_low.length) >= 0) m_high = m_low;
            m_low = here;
            if (good) return;
        }
    }

    // Inside the bracket, and not for the second time close to one of its ends.
    double tryLength(bool& stuck) const {
        const double low = std::min(m_low.length, m_high.length), high = std::max(m_low.length, m_high.length);
        const double length = cubicMinimum(m_low, m_high), margin = 0.1 * (high - low);
        if (std::min(high - length, length - low) >= margin) {
            stuck = false;
            return length;
        }
        if (!stuck && length < high && length > low) {
            stuck = true;
            return length;
        }
        stuck = false;
        return std::abs(length - high) < std::abs(length - low) ? high - margin : low + margin;
    }

    std::function<Place(double)> m_at;
    Place m_start, m_low, m_high;
    double m_size = 0, m_tolerance = 0;
    int m_tries = 0;
};

class LbfgsSolver : public Solver {
public:
    explicit LbfgsSolver(const Settings& settings) : m_settings(settings) {}

    std::unique_ptr<Solver> copy() const override { return std::make_unique<LbfgsSolver>(*this); }

    void step(std::span<double> weights, double learningRate, const Evaluate& evaluate) override {
        Vector x(weights.begin(), weights.end());
        m_evaluations = 0;
        const auto measure = [&](const Vector& at) {
            Place place;
            place.gradient.resize(at.size());
            place.loss = evaluate(at, place.gradient);
            ++m_evaluations;
            return place;
        };
        Place here = measure(x);
        for (int i = 1; i <= m_settings.iterations && largest(here.gradient) > m_settings.gradientTolerance; ++i) {
            chooseDirection(here.gradient);
            m_lastGradient = here.gradient;
            m_length = learningRate * (m_moves == 1 ? std::min(1.0, 1 / sumOfSizes(here.gradient)) : 1.0);
            const double slope = dot(here.gradient, m_direction);
            if (slope > -m_settings.changeTolerance) break;
            const double lossBefore = here.loss;
            if (m_settings.lineSearch) here = search(x, std::move(here), slope, measure);
            addTimes(x, m_length, m_direction);
            if (!m_settings.lineSearch && i < m_settings.iterations) here = measure(x);
            if (m_evaluations >= m_settings.evaluations || !std::isfinite(here.loss)) break;
            if (largest(m_direction) * std::abs(m_length) <= m_settings.changeTolerance) break;
            if (i < m_settings.iterations && std::abs(here.loss - lossBefore) < m_settings.changeTolerance) break;
        }
        std::ranges::copy(x, weights.begin());
    }

private:
    struct Pair {
        Vector s, y;
        double rho = 0;  // 1 / (s · y)
    };

    static double sumOfSizes(const Vector& values) {
        double sum = 0;
        for (const double value : values) sum += std::abs(value);
        return sum;
    }

    template <class Measure>
    Place search(const Vector& x, Place start, double slope, const Measure& measure) {
        start.length = 0;
        start.slope = slope;
        const auto at = [&](double length) {
            Vector moved = x;
            addTimes(moved, length, m_direction);
            Place place = measure(moved);
            place.length = length;
            place.slope = dot(place.gradient, m_direction);
            return place;
        };
        Place found = WolfeSearch(at, std::move(start), largest(m_direction), m_settings.changeTolerance).run(m_length);
        m_length = found.length;
        return found;
    }

    void remember(const Vector& gradient) {
        Pair pair{m_direction, gradient, 0};
        for (double& value : pair.s) value *= m_length;
        addTimes(pair.y, -1, m_lastGradient);
        const double product = dot(pair.y, pair.s);
        if (product <= 1e-10) return;  // H would no longer be positive
        pair.rho = 1 / product;
        m_scale = product / dot(pair.y, pair.y);
        if (m_pairs.size() == m_settings.history) m_pairs.pop_front();
        m_pairs.push_back(std::move(pair));
    }

    void chooseDirection(const Vector& gradient) {
        if (++m_moves > 1) remember(gradient);
        m_direction = gradient;
        for (double& value : m_direction) value = -value;
        Vector shares(m_pairs.size());
        for (std::size_t i = m_pairs.size(); i-- > 0;) {
            shares[i] = dot(m_pairs[i].s, m_direction) * m_pairs[i].rho;
            addTimes(m_direction, -shares[i], m_pairs[i].y);
        }
        for (double& value : m_direction) value *= m_scale;
        for (std::size_t i = 0; i < m_pairs.size(); ++i)
            addTimes(m_direction, shares[i] - dot(m_pairs[i].y, m_direction) * m_pairs[i].rho, m_pairs[i].s);
    }

    Settings m_settings;
    std::deque<Pair> m_pairs;
    Vector m_direction, m_lastGradient;
    double m_length = 0, m_scale = 1;
    std::uint64_t m_moves = 0;
    int m_evaluations = 0;
};

std::unique_ptr<Solver> makeSolver(const base::ParamValues& values) {
    Settings settings;
    settings.iterations = static_cast<int>(values.integer("iterations"));
    settings.evaluations = settings.iterations * 5 / 4;
    settings.history = static_cast<std::size_t>(values.integer("history"));
    settings.gradientTolerance = values.number("gradient_tolerance");
    settings.changeTolerance = values.number("change_tolerance");
    settings.lineSearch = values.flag("line_search");
    return std::make_unique<LbfgsSolver>(settings);
}

}  // namespace

extern const OptimizerType typeOfLbfgs;
const OptimizerType typeOfLbfgs{
    {"lbfgs",
     "L-BFGS",
     "Follows the curvature of the loss, learned from its last moves; one step is up to `iterations` moves with as "
     "many "
     "evaluations (Liu, Nocedal 1989). For small networks with all rows in one batch and nothing random in it. What it "
     "has learned of the curvature is not saved with a model.",
     {learningRateParam(1),
      base::integerParam("iterations", "Moves a step", "How many moves one step makes at most.", 20, 1, 10000),
      base::integerParam("history", "History", "How many moves the curvature is learned from.", 100, 1, 1000),
      base::numberParam("gradient_tolerance", "Gradient tolerance", "A step ends when no gradient is larger.", 1e-7, 0,
                        1, base::Changes::Rebuild),
      base::numberParam("change_tolerance", "Change tolerance",
                        "A step ends when weights or loss change by no more than this.", 1e-9, 0, 1,
                        base::Changes::Rebuild),
      base::switchParam("line_search", "Line search", "Look for a good length of every move (strong Wolfe conditions).",
                        false)}},
    0,
    [](const base::ParamValues&, double learningRate, std::uint64_t) -> Numbers { return {learningRate}; },
    makeSolver};

#endif

}  // namespace perceptory::optimizers
