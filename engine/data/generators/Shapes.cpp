#include "engine/data/generators/Generator.h"
#include "engine/data/generators/ShapePicture.h"

namespace perceptory::data {

namespace {

Table make(const base::ParamValues& values, base::RandomStream& random) {
    Table table = shapeTable(values);
    table.classNames = shapeClassNames(values);
    table.labels = generators_detail::mixedClasses(values.integer("samples"), shapeClasses(values), random);
    table.count = table.labels.size();
    for (const std::int32_t label : table.labels) {
        ShapePicture picture(values, random);
        picture.addShape(static_cast<std::size_t>(label));
        picture.coverShape();
        table.values.append(picture.pixels());
    }
    return table;
}

}  // namespace

const GeneratorType generator_members::Shapes{
    {"shapes", "Shapes",
     "Pictures that show one shape each, of random place, size, angle and colour; the class is which shape it is. The "
     "background comes from one end of the scale of brightness, the shape from the other.",
     shapeParameters(100000)},
    Task::Classification,
    shapeClasses,
    nullptr,
    make};

}  // namespace perceptory::data
