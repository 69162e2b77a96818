#include <cmath>
#include <numbers>

#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

constexpr double radius = 5;

void make(const base::ParamValues& values, base::RandomStream& random, PlaneSamples& out) {
    const std::int64_t samples = values.integer("samples");
    const double jitter = radius * values.number("noise");
    for (std::int64_t i = 0; i < samples; ++i) {
        const bool inner = i < samples / 2;
        const double r = inner ? random.uniform(0, 0.5 * radius) : random.uniform(0.7 * radius, radius);
        const double angle = random.uniform(0, 2 * std::numbers::pi);
        const double x = r * std::sin(angle), y = r * std::cos(angle);
        const double dx = random.uniform(-jitter, jitter), dy = random.uniform(-jitter, jitter);
        out.addClass(x, y, std::hypot(x + dx, y + dy) < 0.5 * radius ? 1 : 0);
    }
}

}  // namespace

const GeneratorType generator_members::Circle{
    {"circle", "Circle",
     "A disc of class 1 (radius 0 to 2.5) inside a ring of class 0 (radius 3.5 to 5). "
     "The label is 1 where the jittered position lies within 2.5.",
     generators_detail::parameters(500,
                                   "Jitters the position by up to 5 times this before the class is decided: "
                                   "it flips labels, positions stay.")},
    Task::Classification,
    generators_detail::twoClasses,
    make};

}  // namespace perceptory::data
