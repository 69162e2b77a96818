// A series x(0), x(1), … cut into windows: `length` values in a row are the input, and the value `horizon` further on
// is to be predicted.

#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <utility>

#include "engine/base/Text.h"
#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

using base::ParamValues;
using base::RandomStream;

// Gives the next value with each call.
using Process = std::function<double()>;

constexpr double turn = 2 * std::numbers::pi;

// Three waves of unequal periods and amplitudes, together of variance 1.
Process sines(const ParamValues&, RandomStream& random) {
    const std::array<double, 3> amplitudes{1, std::numbers::sqrt2 / 2, std::numbers::sqrt2 / 2};
    std::array<double, 3> periods, phases;
    for (double& period : periods) period = 8 * std::pow(6, random.uniform());
    for (double& phase : phases) phase = random.uniform(0, turn);
    return [=, t = 0.0]() mutable {
        double sum = 0;
        for (std::size_t k = 0; k < amplitudes.size(); ++k)
            sum += amplitudes[k] * std::sin(turn * t / periods[k] + phases[k]);
        ++t;
        return sum;
    };
}

// x(t) = a1 x(t-1) + a2 x(t-2) + e(t) with a1 = 2 r cos(2 pi / period), a2 = -r²: stationary for every r below 1. The
// deviation of e makes the variance 1 (Box and Jenkins, Time Series Analysis, 3.2).
Process autoregression(const ParamValues& values, RandomStream& random) {
    constexpr int forgotten = 1000;
    const double r = values.number("memory");
    const double a1 = 2 * r * std::cos(turn / values.number("period")), a2 = -r * r;
    const double deviation = std::sqrt((1 + a2) * ((1 - a2) * (1 - a2) - a1 * a1) / (1 - a2));
    Process next = [=, &random, last = 0.0, before = 0.0]() mutable {
        const double value = a1 * last + a2 * before + deviation * random.normal();
        before = std::exchange(last, value);
        return value;
    };
    for (int i = 0; i < forgotten; ++i) next();
    return next;
}

// x(t+1) = r x(t) (1 - x(t)) (May 1976).
Process logisticMap(const ParamValues& values, RandomStream& random) {
    constexpr int forgotten = 100;
    const double r = values.number("growth");
    Process next = [r, x = random.uniform(0.1, 0.9)]() mutable { return std::exchange(x, r * x * (1 - x)); };
    for (int i = 0; i < forgotten; ++i) next();
    return next;
}

// dx/dt = 0.2 x(t - delay) / (1 + x(t - delay)^10) - 0.1 x(t) (Mackey and Glass 1977), one value for each unit of time;
// classical Runge-Kutta steps, in whose middle the delayed value is the mean of its neighbours.
class MackeyGlass {
public:
    MackeyGlass(std::int64_t delay, double start) : m_past(static_cast<std::size_t>(delay * steps) + 1, start) {}

    double next() {
        for (int i = 0; i < steps; ++i) step();
        return m_past[m_now];
    }

private:
    static constexpr int steps = 10;
    static constexpr double h = 1.0 / steps;

    static double slope(double x, double delayed) { return 0.2 * delayed / (1 + std::pow(delayed, 10)) - 0.1 * x; }

    void step() {
        const std::size_t oldest = (m_now + 1) % m_past.size(), behind = (m_now + 2) % m_past.size();
        const double from = m_past[oldest], to = m_past[behind], middle = (from + to) / 2, x = m_past[m_now];
        const double k1 = slope(x, from), k2 = slope(x + h / 2 * k1, middle), k3 = slope(x + h / 2 * k2, middle),
                     k4 = slope(x + h * k3, to);
        m_past[m_now = oldest] = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
    }

    std::vector<double> m_past;  // a ring: now, and behind it the oldest
    std::size_t m_now = 0;
};

Process mackeyGlass(const ParamValues& values, RandomStream& random) {
    constexpr int forgotten = 500;
    MackeyGlass equation(values.integer("delay"), random.uniform(0.9, 1.3));
    for (int i = 0; i < forgotten; ++i) equation.next();
    return [equation]() mutable { return equation.next(); };
}

Process processOf(const ParamValues& values, RandomStream& random) {
    const std::string name = values.text("process");
    if (name == "autoregression") return autoregression(values, random);
    if (name == "logistic_map") return logisticMap(values, random);
    return name == "mackey_glass" ? mackeyGlass(values, random) : sines(values, random);
}

Table emptyTable(const ParamValues& values) {
    const std::int64_t length = values.integer("length"), horizon = values.integer("horizon");
    Table table;
    table.task = Task::Regression;
    table.shape = {length, 1};
    table.values = RowStore(static_cast<std::size_t>(length));
    for (std::int64_t t = 1 - length; t <= 0; ++t) table.columns.push_back("x " + std::to_string(t));
    table.targetNames = {"x +" + std::to_string(horizon)};
    return table;
}

Table make(const ParamValues& values, RandomStream& random) {
    const auto count = static_cast<std::size_t>(values.integer("samples"));
    const auto length = static_cast<std::size_t>(values.integer("length"));
    const std::size_t span = length + static_cast<std::size_t>(values.integer("horizon"));
    const auto asked = static_cast<std::size_t>(values.integer("stride"));
    const std::size_t stride = asked > 0 ? asked : span;
    const double noise = values.number("noise"), trend = values.number("trend");
    const double all = static_cast<double>((count - 1) * stride + span);
    Table table = emptyTable(values);
    Process process = processOf(values, random);
    std::vector<float> window;
    for (std::size_t t = 0; table.count < count; ++t) {
        const double value = process() + trend * static_cast<double>(t) / all + noise * random.normal();
        if (t >= table.count * stride) window.push_back(static_cast<float>(value));
        if (window.size() < span) continue;
        table.values.append(std::span<const float>(window).first(length));
        table.targets.push_back(window.back());
        ++table.count;
        window.erase(window.begin(), window.begin() + static_cast<std::ptrdiff_t>(std::min(stride, span)));
    }
    table.rowsOverlap = stride < span;
    return table;
}

base::ParamType rebuilt(const char* id, const char* label, const char* help, double fallback, double low, double high,
                        double step) {
    base::ParamType type = base::numberParam(id, label, help, fallback, low, high, base::Changes::Rebuild);
    type.step = step;
    return type;
}

}  // namespace

const GeneratorType generator_members::Series{
    {"series", "Time series",
     "A series of numbers to forecast: from some values in a row the one that comes a few steps later. The process is "
     "a sum of three sines with periods of 8 to 48 steps; an autoregression of second order, x(t) = 2 r cos(2 pi / "
     "period) x(t-1) - r² x(t-2) + normal noise, with variance 1; the logistic map, x(t+1) = r x(t) (1 - x(t)) (May "
     "1976), which is chaotic for most r above 3.57; or the equation of Mackey and Glass (1977), dx/dt = 0.2 x(t - "
     "delay) / (1 + x(t - delay)^10) - 0.1 x, which is chaotic for delays from 17 on. Rows stand in the order of time.",
     generators_detail::parameters(
         1000, "Adds a normal deviate of this deviation to every value of the series.",
         {base::choiceParam("process", "Process", "What makes the series.", "sines",
                            {"sines", "autoregression", "logistic_map", "mackey_glass"}),
          base::integerParam("length", "Length", "How many values the network sees.", 24, 1, 512),
          base::integerParam("horizon", "Horizon", "How many steps after the last of them the value to predict comes.",
                             1, 1, 256),
          base::integerParam("stride", "Stride",
                             "How many steps later the next window begins. 0: behind the value that the window before "
                             "predicts, so that no two windows share a value and any split is fair.",
                             0, 0, 1024),
          rebuilt("trend", "Trend", "How much the series rises from its beginning to its end.", 0, -10, 10, 0.5),
          rebuilt("period", "Period", "Of the autoregression, in steps.", 12, 2, 100, 1),
          rebuilt("memory", "Memory", "The r of the autoregression: 0 is noise, near 1 a wave.", 0.9, 0, 0.99, 0.05),
          rebuilt("growth", "Growth", "The r of the logistic map.", 3.9, 3, 3.99, 0.01),
          base::integerParam("delay", "Delay", "Of the equation of Mackey and Glass, in steps.", 17, 2, 100)})},
    Task::Regression,
    generators_detail::noClasses,
    nullptr,
    make};

}  // namespace perceptory::data
