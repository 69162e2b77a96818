#include <algorithm>

#include "engine/data/generators/Generator.h"
#include "engine/data/generators/ShapePicture.h"

namespace perceptory::data {

namespace {

Table make(const base::ParamValues& values, base::RandomStream& random) {
    Table table = shapeTable(values);
    table.task = Task::Regression;
    table.targetName = "picture";
    table.targetShape = table.shape;
    table.targetNames = table.columns;
    const auto kinds = generators_detail::mixedClasses(values.integer("samples"), shapeClasses(values), random);
    table.count = kinds.size();
    for (const std::int32_t kind : kinds) {
        ShapePicture picture(values, random);
        picture.addShape(static_cast<std::size_t>(kind));
        table.targets.insert(table.targets.end(), picture.values().begin(), picture.values().end());
        picture.coverShape();
        table.values.append(picture.pixels());
    }
    return table;
}

// A picture to paint is as much work as hundreds of classes to tell.
std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = shapeParameters(20000);
    std::ranges::find(all, "samples", &base::ParamType::id)->fallback = 400;
    return all;
}

}  // namespace

const GeneratorType generator_members::ShapesPictures{
    {"shapes_pictures", "Shapes to paint again",
     "Pictures of one shape each, and as what is to be predicted the same picture without noise and without the bar "
     "that covers a part of it: 0 to 1 for each pixel. Without noise and bars the picture itself, for an autoencoder.",
     parameters()},
    Task::Regression,
    generators_detail::noClasses,
    nullptr,
    make};

}  // namespace perceptory::data
