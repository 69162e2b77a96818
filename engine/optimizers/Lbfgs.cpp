// The direction is −H·g, where H is built from the last `history` changes of weights, s, and of gradients, y (Liu,
// Nocedal 1989; the two loops of Nocedal 1980). A step is `iterations` such moves, as PyTorch's LBFGS takes them.

#include "engine/optimizers/Optimizer.h"

#ifndef PERCEPTORY_KERNELS
#    include <algorithm>
#    include <cmath>
#    include <deque>

#    include "engine/optimizers/Solver.h"
#    include "engine/optimizers/WolfeSearch.h"
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

class LbfgsSolver : public Solver {
public:
    explicit LbfgsSolver(const Settings& settings) : m_settings(settings) {}

    std::unique_ptr<Solver> copy() const override { return std::make_unique<LbfgsSolver>(*this); }

    tensor::NamedTensors memory() const override {
        tensor::NamedTensors tensors;
        const auto add = [&](std::string name, const Vector& values) {
            tensor::NamedTensor& tensor =
                tensors.emplace_back(std::move(name), tensor::Shape{std::ssize(values)},
                                     tensor::Buffer(std::ssize(values), tensor::Precision::Float64));
            for (std::size_t i = 0; i < values.size(); ++i) tensor.values.set(static_cast<std::int64_t>(i), values[i]);
        };
        if (m_moves == 0) return tensors;
        add("facts", {m_length, m_scale, static_cast<double>(m_moves)});
        add("direction", m_direction);
        add("gradient", m_lastGradient);
        for (std::size_t i = 0; i < m_pairs.size(); ++i) {
            add("s." + std::to_string(i), m_pairs[i].s);
            add("y." + std::to_string(i), m_pairs[i].y);
        }
        return tensors;
    }

    bool recall(const tensor::NamedTensors& memory, std::size_t weights) override {
        const auto find = [&](const std::string& name, std::size_t size) {
            const auto found = std::ranges::find(memory, name, &tensor::NamedTensor::name);
            Vector values;
            if (found == memory.end() || found->values.size() != static_cast<std::int64_t>(size)) return values;
            for (std::int64_t i = 0; i < found->values.size(); ++i) values.push_back(found->values.get(i));
            return values;
        };
        const Vector facts = find("facts", 3), direction = find("direction", weights),
                     gradient = find("gradient", weights);
        if (facts.empty() || direction.empty() || gradient.empty() || !(facts[2] >= 1 && facts[2] < 1e15)) return false;
        std::deque<Pair> pairs;
        for (std::size_t i = 0; i < m_settings.history; ++i) {
            Pair pair{find("s." + std::to_string(i), weights), find("y." + std::to_string(i), weights), 0};
            if (pair.s.empty() || pair.y.empty()) break;
            pair.rho = 1 / dot(pair.y, pair.s);
            pairs.push_back(std::move(pair));
        }
        m_length = facts[0];
        m_scale = facts[1];
        m_moves = static_cast<std::uint64_t>(facts[2]);
        m_direction = direction;
        m_lastGradient = gradient;
        m_pairs = std::move(pairs);
        return true;
    }

    void step(std::span<double> weights, double learningRate, const Evaluate& evaluate) override {
        Vector x(weights.begin(), weights.end());
        m_evaluations = 0;
        const auto measure = [&](const Vector& at) {
            LinePlace place;
            place.gradient.resize(at.size());
            place.loss = evaluate(at, place.gradient);
            ++m_evaluations;
            return place;
        };
        LinePlace here = measure(x);
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
    LinePlace search(const Vector& x, LinePlace start, double slope, const Measure& measure) {
        start.length = 0;
        start.slope = slope;
        const auto at = [&](double length) {
            Vector moved = x;
            addTimes(moved, length, m_direction);
            LinePlace place = measure(moved);
            place.length = length;
            place.slope = dot(place.gradient, m_direction);
            return place;
        };
        LinePlace found =
            WolfeSearch(at, std::move(start), largest(m_direction), m_settings.changeTolerance).run(m_length);
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
     "Follows the curvature of the loss, learned from its last moves: w ← w − learning_rate · H · g, H made of the "
     "last changes of w and g; one step is up to `iterations` moves with as many evaluations (Liu, Nocedal 1989). For "
     "small networks with all rows in one batch and nothing random in it.",
     {learningRateParam(1),
      base::integerParam("iterations", "Moves a step", "How many moves one step makes at most.", 20, 1, 10000),
      base::integerParam("history", "History", "How many moves the curvature is learned from.", 100, 1, 1000),
      base::numberParam("gradient_tolerance", "Gradient tolerance", "A step ends when no gradient is larger.", 1e-7, 0,
                        1, base::Changes::Rebuild),
      base::numberParam("change_tolerance", "Change tolerance",
                        "A step ends when weights or loss change by no more than this.", 1e-9, 0, 1,
                        base::Changes::Rebuild),
      base::switchParam("line_search", "Line search", "Look for a good length of every move (strong Wolfe conditions).",
                        false)},
     "optim.LBFGS"},
    [](ir::TorchCode&, const base::ParamValues& values) {
        return "torch.optim.LBFGS(groups, lr=" + numberOf(values, "learning_rate") +
               ", max_iter=" + std::to_string(values.integer("iterations")) +
               ", history_size=" + std::to_string(values.integer("history")) +
               ", tolerance_grad=" + numberOf(values, "gradient_tolerance") +
               ", tolerance_change=" + numberOf(values, "change_tolerance") +
               (values.flag("line_search") ? ", line_search_fn=\"strong_wolfe\")" : ")");
    },
    0,
    [](const base::ParamValues&, double learningRate, std::uint64_t) -> Numbers { return {learningRate}; },
    makeSolver,
    // Two for each move remembered, direction and gradient, and what a move works with.
    [](const base::ParamValues& values) { return 2 * values.integer("history") + 8; }};

#endif

}  // namespace perceptory::optimizers
