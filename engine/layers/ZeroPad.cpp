// y = x with margins of zeros.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/SlidingWindows.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

tensor::Shape mapShape(const tensor::Shape& image, const base::ParamValues& values) {
    return {image[0] + values.integer("top") + values.integer("bottom"),
            image[1] + values.integer("left") + values.integer("right"), image[2]};
}

ShapeResult shape(const LayerContext& context) {
    if (auto problem = needImage(context)) return *problem;
    const tensor::Shape map = mapShape(context.inputs.front(), context.values);
    return map;
}

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape image = lowering.graph.value(lowering.inputs[0]).shape;
    tensor::Window window = resizing(image, mapShape(image, lowering.values));
    window.padTop = lowering.values.integer("top");
    window.padLeft = lowering.values.integer("left");
    return lowering.graph.add("pad_image", {lowering.inputs[0]}, {.window = window});
}

std::string onnx(OnnxLowering& lowering) {
    const auto side = [&](const char* name) { return lowering.values.integer(name); };
    return lowering.graph.add("Pad", {lowering.x(), lowering.graph.integers({0, 0, side("top"), side("left"), 0, 0,
                                                                             side("bottom"), side("right")})});
}

std::string torch(TorchLowering& lowering) {
    const auto side = [&](const char* name) { return lowering.values.integer(name); };
    return "F.pad(" + lowering.x() + ", " +
           ir::pythonTuple({side("left"), side("right"), side("top"), side("bottom")}) + ")";
}

}  // namespace

const LayerType ZeroPadLayer{{"zero_pad", "Zero padding",
                              "Adds zeros around the image: H → top + H + bottom, W = left + W + right (Goodfellow, "
                              "Bengio, Courville 2016, section 9.5).",
                              marginParams(), "nn.ZeroPad2d; ONNX Pad"},
                             "Resize",
                             {"margin", "border"},
                             1,
                             1,
                             shape,
                             nullptr,
                             lower,
                             onnx,
                             torch,
                             {{{{2, 3, 2}}, {{"top", 1}, {"left", 2}, {"bottom", 0}, {"right", 1}}}, {{{1, 1, 3}}}},
                             ValueOrder::Mixed,
                             {},
                             nullptr,
                             true};

}  // namespace perceptory::layers
