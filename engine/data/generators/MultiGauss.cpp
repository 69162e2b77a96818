#include <algorithm>
#include <cmath>

#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

struct Hill {
    double x, y, sign;
};
constexpr Hill hills[] = {{-4, 2.5, 1}, {0, 2.5, -1}, {4, 2.5, 1}, {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}};

double strongest(double x, double y) {
    double result = 0;
    for (const Hill& hill : hills) {
        const double value = hill.sign * std::max(0.0, 1 - std::hypot(x - hill.x, y - hill.y) / 2);
        if (std::abs(value) > std::abs(result)) result = value;
    }
    return result;
}

void make(const base::ParamValues& values, base::RandomStream& random, PlaneSamples& out) {
    const double jitter = planeLimit * values.number("noise");
    for (std::int64_t i = values.integer("samples"); i > 0; --i) {
        const double x = random.uniform(-planeLimit, planeLimit), y = random.uniform(-planeLimit, planeLimit);
        const double dx = random.uniform(-jitter, jitter), dy = random.uniform(-jitter, jitter);
        out.addValue(x, y, strongest(x + dx, y + dy));
    }
}

}  // namespace

const GeneratorType generator_members::MultiGauss{
    {"multi_gauss", "Hills",
     "Six cones of radius 2 at x1 = -4, 0, 4 and x2 = 2.5, -2.5, up and down by turns; the value is that of the cone "
     "strongest at the place.",
     generators_detail::parameters(1200, "Jitters the position by up to 6 times this before the value is taken.")},
    Task::Regression,
    generators_detail::noClasses,
    make};

}  // namespace perceptory::data
