#include <cmath>
#include <numbers>

#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

std::int64_t classes(const base::ParamValues& values) { return values.integer("classes"); }

void make(const base::ParamValues& values, base::RandomStream& random, PlaneSamples& out) {
    const std::int64_t samples = values.integer("samples"), count = classes(values);
    const double band = 5 / static_cast<double>(count), deviation = band * values.number("noise");
    for (std::int64_t c = 0; c < count; ++c) {
        for (std::int64_t i = generators_detail::groupSize(samples, count, c); i > 0; --i) {
            const double r = band * (static_cast<double>(c) + random.uniform(0.25, 0.75));
            const double angle = random.uniform(0, 2 * std::numbers::pi);
            const double dx = deviation * random.normal(), dy = deviation * random.normal();
            out.addClass(r * std::sin(angle) + dx, r * std::cos(angle) + dy, static_cast<std::int32_t>(c));
        }
    }
}

}  // namespace

const GeneratorType generator_members::Rings{
    {"rings", "Rings",
     "Rings around the origin, class 0 innermost. The radius 5 is divided into one band per class; a ring fills the "
     "middle half of its band.",
     generators_detail::parameters(500, "Adds a normal deviate of this share of a band on each axis.",
                                   {base::integerParam("classes", "Classes", "How many rings.", 3, 2, 6)})},
    Task::Classification,
    classes,
    make};

}  // namespace perceptory::data
