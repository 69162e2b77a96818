#include <cmath>
#include <numbers>

#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

std::int64_t arms(const base::ParamValues& values) { return values.integer("arms"); }

void make(const base::ParamValues& values, base::RandomStream& random, PlaneSamples& out) {
    const std::int64_t samples = values.integer("samples"), count = arms(values);
    const double noise = values.number("noise");
    for (std::int64_t c = 0; c < count; ++c) {
        const double start = static_cast<double>(c - 1) / static_cast<double>(count);
        const std::int64_t size = generators_detail::groupSize(samples, count, c);
        for (std::int64_t i = 0; i < size; ++i) {
            const double along = static_cast<double>(i) / static_cast<double>(size);
            const double r = 5 * along, angle = 2 * std::numbers::pi * (1.75 * along + start);
            const double dx = random.uniform(-1, 1) * noise, dy = random.uniform(-1, 1) * noise;
            out.addClass(r * std::sin(angle) + dx, r * std::cos(angle) + dy, static_cast<std::int32_t>(c));
        }
    }
}

}  // namespace

const GeneratorType generator_members::Spiral{
    {"spiral", "Spiral",
     "Arms of 1.75 turns: point i of n has radius r = 5 i/n and angle t = 1.75 turns i/n, x1 = r sin t, x2 = r cos t. "
     "The arm of class c is turned by (c - 1)/arms of a full turn.",
     generators_detail::parameters(500, "Jitters positions by up to this on each axis.",
                                   {base::integerParam("arms", "Arms", "How many arms, a class each.", 2, 2, 5)})},
    Task::Classification,
    arms,
    make};

}  // namespace perceptory::data
