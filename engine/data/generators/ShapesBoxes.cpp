#include "engine/data/generators/Generator.h"
#include "engine/data/generators/ShapePicture.h"

namespace perceptory::data {

namespace {

Table make(const base::ParamValues& values, base::RandomStream& random) {
    Table table = shapeTable(values);
    table.targetName = "box";
    table.task = Task::Regression;
    table.targetNames = {"x", "y", "width", "height"};
    Target shape;
    shape.targetName = "shape";
    shape.classNames = shapeClassNames(values);
    shape.labels = generators_detail::mixedClasses(values.integer("samples"), shapeClasses(values), random);
    table.count = shape.labels.size();
    for (const std::int32_t label : shape.labels) {
        ShapePicture picture(values, random);
        picture.addShape(static_cast<std::size_t>(label));
        const auto box = picture.box();
        table.targets.insert(table.targets.end(), box.begin(), box.end());
        picture.coverShape();
        table.values.append(picture.pixels());
    }
    table.moreTargets.push_back(std::move(shape));
    return table;
}

}  // namespace

const GeneratorType generator_members::ShapesBoxes{
    {"shapes_boxes", "Shapes with boxes",
     "Pictures that show one shape each. The target box is where it is: the smallest box around the pixels that are "
     "more than half covered, x and y of the upper left corner, width and height, as shares of the picture. A second "
     "target, shape, is the class.",
     shapeParameters(100000)},
    Task::Regression,
    generators_detail::noClasses,
    nullptr,
    make};

}  // namespace perceptory::data
