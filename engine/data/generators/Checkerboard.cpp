#include <cmath>

#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

void make(const base::ParamValues& values, base::RandomStream& random, PlaneSamples& out) {
    const double side = 10 / static_cast<double>(values.integer("cells"));
    const double jitter = side * values.number("noise");
    for (std::int64_t i = values.integer("samples"); i > 0; --i) {
        const double x = random.uniform(-5, 5), y = random.uniform(-5, 5);
        const double dx = random.uniform(-jitter, jitter), dy = random.uniform(-jitter, jitter);
        const auto column = static_cast<std::int64_t>(std::floor((x + dx + 5) / side));
        const auto row = static_cast<std::int64_t>(std::floor((y + dy + 5) / side));
        out.addClass(x, y, (column + row) % 2 == 0 ? 1 : 0);
    }
}

}  // namespace

const GeneratorType generator_members::Checkerboard{
    {"checkerboard", "Checkerboard",
     "Points of [-5, 5] x [-5, 5] on a board of cells x cells fields; the lower left field is of class 1.",
     generators_detail::parameters(500,
                                   "Jitters the position by up to this share of a field before the class is decided.",
                                   {base::integerParam("cells", "Cells", "Fields along a side.", 4, 2, 10)})},
    Task::Classification,
    generators_detail::twoClasses,
    make};

}  // namespace perceptory::data
