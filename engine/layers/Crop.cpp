// y = x without its margins.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/SlidingWindows.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

tensor::Shape mapShape(const tensor::Shape& image, const base::ParamValues& values) {
    return {image[0] - values.integer("top") - values.integer("bottom"),
            image[1] - values.integer("left") - values.integer("right"), image[2]};
}

ShapeResult shape(const LayerContext& context) {
    if (auto problem = needImage(context)) return *problem;
    const tensor::Shape map = mapShape(context.inputs.front(), context.values);
    if (map[0] < 1 || map[1] < 1)
        return {base::sentence("Nothing is left of an image of {0}.", tensor::shapeText(context.inputs.front())),
                base::sentence("Crop less.")};
    return map;
}

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape image = lowering.graph.value(lowering.inputs[0]).shape;
    tensor::Window window = resizing(image, mapShape(image, lowering.values));
    window.padTop = -lowering.values.integer("top");
    window.padLeft = -lowering.values.integer("left");
    return lowering.graph.add("pad_image", {lowering.inputs[0]}, {.window = window});
}

std::string onnx(OnnxLowering& lowering) {
    ir::OnnxGraph& graph = lowering.graph;
    const std::int64_t top = lowering.values.integer("top"), left = lowering.values.integer("left");
    const tensor::Shape map = mapShape(lowering.shape(), lowering.values);
    return graph.add("Slice", {lowering.x(), graph.integers({top, left}), graph.integers({top + map[0], left + map[1]}),
                               graph.integers({2, 3})});
}

std::string torch(TorchLowering& lowering) {
    const std::int64_t top = lowering.values.integer("top"), left = lowering.values.integer("left");
    const auto range = [](std::int64_t first, std::int64_t count) {
        return std::to_string(first) + ":" + std::to_string(first + count);
    };
    return lowering.x() + "[:, :, " + range(top, lowering.output[0]) + ", " + range(left, lowering.output[1]) + "]";
}

}  // namespace

const LayerType CropLayer{{"crop", "Crop",
                           "Cuts off the margins of the image: H → H − top − bottom, y[i, j] = x[i + top, j + left] "
                           "(Ronneberger, Fischer, Brox 2015).",
                           marginParams(), "a slice; ONNX Slice"},
                          "Resize",
                          {"margin", "border"},
                          1,
                          1,
                          shape,
                          nullptr,
                          lower,
                          onnx,
                          torch,
                          {{{{5, 4, 2}}, {{"top", 1}, {"left", 0}, {"bottom", 2}, {"right", 1}}}, {{{3, 3, 1}}}},
                          ValueOrder::Mixed,
                          {},
                          nullptr,
                          true};

}  // namespace perceptory::layers
