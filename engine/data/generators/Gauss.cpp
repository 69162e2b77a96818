#include <cmath>
#include <numbers>

#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

using std::numbers::pi;

std::int64_t classes(const base::ParamValues& values) { return values.integer("classes"); }

void make(const base::ParamValues& values, base::RandomStream& random, PlaneSamples& out) {
    const std::int64_t samples = values.integer("samples"), count = classes(values);
    const double deviation = std::sqrt(0.5 + 7 * values.number("noise"));
    const double distance = count == 2 ? 2 * std::numbers::sqrt2 : 4;
    for (std::int64_t c = 0; c < count; ++c) {
        const double angle = 1.25 * pi + 2 * pi * static_cast<double>(c) / static_cast<double>(count);
        const double x = distance * std::cos(angle), y = distance * std::sin(angle);
        for (std::int64_t i = generators_detail::groupSize(samples, count, c); i > 0; --i) {
            const double dx = deviation * random.normal(), dy = deviation * random.normal();
            out.addClass(x + dx, y + dy, static_cast<std::int32_t>(c));
        }
    }
}

}  // namespace

const GeneratorType generator_members::Gauss{
    {"gauss", "Clusters",
     "Round normal clouds, one per class. Two: around (2, 2) for class 1 and (-2, -2) for class 0. More: at equal "
     "angles on a circle of radius 4, from (-2.8, -2.8) on. The variance is 0.5 + 7 times the noise.",
     generators_detail::parameters(500, "Widens the clouds: variance 0.5 at 0, 4 at 0.5.",
                                   {base::integerParam("classes", "Classes", "How many clouds.", 2, 2, 8)})},
    Task::Classification,
    classes,
    make};

}  // namespace perceptory::data
