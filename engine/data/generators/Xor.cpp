#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

double awayFromAxis(double value) { return value + (value > 0 ? 0.3 : -0.3); }

void make(const base::ParamValues& values, base::RandomStream& random, PlaneSamples& out) {
    const double jitter = 5 * values.number("noise");
    for (std::int64_t i = values.integer("samples"); i > 0; --i) {
        const double x = awayFromAxis(random.uniform(-5, 5)), y = awayFromAxis(random.uniform(-5, 5));
        const double dx = random.uniform(-jitter, jitter), dy = random.uniform(-jitter, jitter);
        out.addClass(x, y, (x + dx) * (y + dy) >= 0 ? 1 : 0);
    }
}

}  // namespace

const GeneratorType generator_members::Xor{
    {"xor", "Exclusive or",
     "Points of [-5, 5] x [-5, 5], pushed 0.3 away from the axes; class 1 where x1 and x2 have the same sign.",
     generators_detail::parameters(500,
                                   "Jitters the position by up to 5 times this before the class is decided: "
                                   "it flips labels, positions stay.")},
    Task::Classification,
    generators_detail::twoClasses,
    make};

}  // namespace perceptory::data
