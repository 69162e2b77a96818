#include <cmath>
#include <numbers>

#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

void make(const base::ParamValues& values, base::RandomStream& random, PlaneSamples& out) {
    constexpr double wave = std::numbers::pi / planeLimit;
    const double jitter = planeLimit * values.number("noise");
    for (std::int64_t i = values.integer("samples"); i > 0; --i) {
        const double x = random.uniform(-planeLimit, planeLimit), y = random.uniform(-planeLimit, planeLimit);
        const double dx = random.uniform(-jitter, jitter), dy = random.uniform(-jitter, jitter);
        out.addValue(x, y, std::sin(wave * (x + dx)) * std::cos(wave * (y + dy)));
    }
}

}  // namespace

const GeneratorType generator_members::SineSurface{
    {"sine_surface", "Waves", "One wave along each axis: the value is sin(pi x1/6) cos(pi x2/6).",
     generators_detail::parameters(1200, "Jitters the position by up to 6 times this before the value is taken.")},
    Task::Regression,
    generators_detail::noClasses,
    make};

}  // namespace perceptory::data
