#include "ui/forms/KindSketch.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/activations/Activation.h"
#include "engine/initializers/Initializer.h"
#include "engine/schedules/Schedule.h"

namespace perceptory::forms {

using Curve = widgets::CurveSketch::Curve;

namespace {

constexpr int points = 161;              // of a curve
constexpr double reach = 4;              // of an activation, to all sides
constexpr int draws = 4000, bars = 31;   // of an initializer
constexpr std::int64_t mostFilled = 96;  // rows and columns of a matrix that is filled as a whole

class KindWords {
    Q_DECLARE_TR_FUNCTIONS(KindSketch)
};

// The member itself when `kind` stands on this shelf.
template <class Type>
const Type* onShelf(const base::Shelf<Type>& shelf, const base::KindType& kind) {
    const Type* found = shelf.find(kind.id);
    return found == &kind ? found : nullptr;
}

// What lies beyond is left out.
double withinReach(double y) { return std::abs(y) <= reach ? y : std::numeric_limits<double>::quiet_NaN(); }

KindSketch sketch(const activations::ActivationType& activation, const base::Json& parameters) {
    const double p = activation.p(parameters);
    Curve value{KindWords::tr("f(x)"), {}}, slope{KindWords::tr("its derivative"), {}};
    for (int i = 0; i < points; ++i) {
        const double x = reach * (2.0 * i / (points - 1) - 1), y = activation.forward(x, p);
        value.points.emplace_back(x, withinReach(y));
        slope.points.emplace_back(x, withinReach(activation.derivative(x, y, p)));
    }
    return {{value, slope}, KindWords::tr("The function from −4 to 4, and its derivative")};
}

std::optional<KindSketch> sketch(const schedules::ScheduleType& schedule, const base::ParamValues& values,
                                 double time) {
    if (schedule.observe) return {};
    Curve factor;
    for (int i = 0; i < points; ++i) {
        const double now = std::max(time, 1.0) * i / (points - 1);
        factor.points.emplace_back(now, schedule.factor(values, now));
    }
    const auto [least, most] = std::ranges::minmax(factor.points, {}, &QPointF::y);
    if (least.y() == most.y()) return {};
    return KindSketch{{factor}, KindWords::tr("Factor on the learning rate over the training")};
}

std::vector<double> drawn(const initializers::InitializerType& initializer, const base::ParamValues& values,
                          const SketchContext& context) {
    base::RandomStream random(1, 1);
    if (initializer.prepare) {
        const initializers::Draw draw =
            initializer.prepare(values, {{context.fanIn, context.fanOut}, context.fanIn, context.fanOut});
        std::vector<double> numbers(draws);
        std::ranges::generate(numbers, [&] { return draw(random); });
        return numbers;
    }
    const tensor::Shape shape{std::min(context.fanIn, mostFilled), std::min(context.fanOut, mostFilled)};
    return initializer.draw(values, {shape, context.fanIn, context.fanOut}, random);
}

std::optional<KindSketch> sketch(const initializers::InitializerType& initializer, const base::ParamValues& values,
                                 const SketchContext& context) {
    const std::vector<double> numbers = drawn(initializer, values, context);
    const auto [least, most] = std::ranges::minmax(numbers);
    if (!(most > least) || !std::isfinite(most - least)) return {};
    std::vector<int> counts(bars);
    double sum = 0, squares = 0;
    for (const double number : numbers) {
        ++counts[std::min<std::size_t>(bars - 1, static_cast<std::size_t>((number - least) / (most - least) * bars))];
        sum += number;
        squares += number * number;
    }
    Curve share{{}, {}, true};
    const auto count = static_cast<double>(numbers.size());
    for (int i = 0; i <= bars; ++i)
        share.points.emplace_back(least + (most - least) * i / bars,
                                  100.0 * counts[static_cast<std::size_t>(std::min(i, bars - 1))] / count);
    const double mean = sum / count, deviation = std::sqrt(std::max(0.0, squares / count - mean * mean));
    return KindSketch{{share},
                      KindWords::tr("Share of the first weights in %, standard deviation %1")
                          .arg(QLocale().toString(deviation, 'g', 3))};
}

}  // namespace

std::optional<KindSketch> sketchOf(const base::KindType& kind, const base::Json& parameters,
                                   const SketchContext& context) {
    base::Problems problems;
    base::checkParams(kind, parameters, {}, problems);
    if (base::hasError(problems)) return {};
    const base::ParamValues values(kind.parameters, parameters);
    if (const auto* activation = onShelf(activations::shelf(), kind)) return sketch(*activation, parameters);
    if (const auto* schedule = onShelf(schedules::shelf(), kind)) return sketch(*schedule, values, context.time);
    if (const auto* initializer = onShelf(initializers::shelf(), kind)) return sketch(*initializer, values, context);
    return {};
}

}  // namespace perceptory::forms
