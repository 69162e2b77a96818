#include "engine/data/generators/Generator.h"
#include "engine/data/generators/ShapePicture.h"

namespace perceptory::data {

namespace {

std::int64_t classes(const base::ParamValues& values) { return 1 + shapeClasses(values); }

Table make(const base::ParamValues& values, base::RandomStream& random) {
    Table table = shapeTable(values);
    table.classNames = shapeClassNames(values);
    table.classNames.insert(table.classNames.begin(), "background");
    table.targetShape = {values.integer("size"), values.integer("size")};
    const std::int64_t shapes = values.integer("shapes");
    const auto kinds =
        generators_detail::mixedClasses(values.integer("samples") * shapes, shapeClasses(values), random);
    table.count = static_cast<std::size_t>(values.integer("samples"));
    for (auto kind = kinds.begin(); kind != kinds.end();) {
        ShapePicture picture(values, random);
        for (std::int64_t i = 0; i < shapes; ++i) picture.addShape(static_cast<std::size_t>(*kind++));
        picture.coverShape();
        table.values.append(picture.pixels());
        table.labels.insert(table.labels.end(), picture.mask().begin(), picture.mask().end());
    }
    return table;
}

}  // namespace

const GeneratorType generator_members::ShapesMasks{
    {"shapes_masks", "Shapes with masks",
     "Pictures of some shapes, and for every pixel whether it is background or which shape covers more than half of "
     "it. "
     "Later shapes lie over earlier ones; a bar that covers a part of the last counts as background.",
     shapeParameters(20000,
                     {base::integerParam("shapes", "Shapes in a picture", "How many each picture shows.", 2, 1, 4)})},
    Task::Classification,
    classes,
    nullptr,
    make};

}  // namespace perceptory::data
