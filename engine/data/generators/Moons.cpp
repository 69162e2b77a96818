#include <cmath>
#include <numbers>

#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

constexpr double radius = 3;

void make(const base::ParamValues& values, base::RandomStream& random, PlaneSamples& out) {
    const std::int64_t samples = values.integer("samples");
    const double deviation = radius * values.number("noise");
    for (std::int64_t i = 0; i < samples; ++i) {
        const bool upper = i < samples / 2;
        const double angle = random.uniform(0, std::numbers::pi);
        const double sign = upper ? 1 : -1;
        const double x = sign * radius * (std::cos(angle) - 0.5), y = sign * radius * (std::sin(angle) - 0.25);
        const double dx = deviation * random.normal(), dy = deviation * random.normal();
        out.addClass(x + dx, y + dy, upper ? 1 : 0);
    }
}

}  // namespace

const GeneratorType generator_members::Moons{
    {"moons", "Moons",
     "Two half circles of radius 3 that reach into each other: class 1 arches up around (-1.5, -0.75), class 0 arches "
     "down around (1.5, 0.75).",
     generators_detail::parameters(500, "Adds a normal deviate of 3 times this deviation on each axis.")},
    Task::Classification,
    generators_detail::twoClasses,
    make};

}  // namespace perceptory::data
