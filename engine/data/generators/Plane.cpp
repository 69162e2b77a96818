#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

void make(const base::ParamValues& values, base::RandomStream& random, PlaneSamples& out) {
    const double jitter = planeLimit * values.number("noise");
    for (std::int64_t i = values.integer("samples"); i > 0; --i) {
        const double x = random.uniform(-planeLimit, planeLimit), y = random.uniform(-planeLimit, planeLimit);
        const double dx = random.uniform(-jitter, jitter), dy = random.uniform(-jitter, jitter);
        out.addValue(x, y, (x + dx + y + dy) / 10);
    }
}

}  // namespace

const GeneratorType generator_members::Plane{
    {"plane", "Plane", "A tilted plane: the value is (x1 + x2)/10.",
     generators_detail::parameters(1200, "Jitters the position by up to 6 times this before the value is taken.")},
    Task::Regression,
    generators_detail::noClasses,
    make};

}  // namespace perceptory::data
