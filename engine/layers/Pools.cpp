#include "engine/layers/Pools.h"

namespace perceptory::layers {

std::vector<base::ParamType> poolParams() {
    return {base::pairParam("size", "Size", "Height and width of the window.", 2, 1, 4096),
            base::pairParam("stride", "Stride", "How far the window moves; \"size\": as far as it is large.", "size", 1,
                            4096, {"size"}),
            paddingParam()};
}

std::array<std::int64_t, 2> poolStride(const base::ParamValues& values) {
    return values.pair(values.value("stride").is_string() ? "size" : "stride");
}

WindowResult poolWindow(const tensor::Shape& image, const base::ParamValues& values) {
    const auto size = values.pair("size");
    WindowResult result = slideWindow({.image = image,
                                       .kernel = size,
                                       .stride = poolStride(values),
                                       .dilation = {1, 1},
                                       .padding = values.value("padding")});
    if (result.window && (2 * result.window->padTop > size[0] || 2 * result.window->padLeft > size[1]))
        return {std::nullopt,
                base::sentence("The padding is more than half the window, so some windows hold no pixel."),
                base::sentence("Use a padding of at most half the size.")};
    return result;
}

ShapeResult poolShape(const LayerContext& context) {
    if (auto problem = needImage(context)) return *problem;
    const WindowResult result = poolWindow(context.inputs.front(), context.values);
    if (!result.window) return {result.sentence, result.fix};
    return tensor::Shape{result.window->mapHeight, result.window->mapWidth, result.window->mapChannels};
}

ShapeResult globalPoolShape(const LayerContext& context) {
    const tensor::Shape& input = context.inputs.front();
    if (input.size() < 2)
        return {base::sentence("This layer needs an image or a sequence, but it gets {0}.", tensor::shapeText(input)),
                base::sentence("Remove it.")};
    return tensor::Shape{input.back()};
}

ir::ValueId lowerGlobalPool(Lowering& lowering, const std::string& primitive) {
    ir::Graph& graph = lowering.graph;
    const tensor::Window window = wholeWindow(graph.value(lowering.inputs[0]).shape);
    const ir::ValueId map = graph.add(primitive, {lowering.inputs[0]}, {.window = window});
    return graph.add("reshape", {map}, {.reshaped = {window.channels}});
}

std::string onnxGlobalPool(OnnxLowering& lowering, const std::string& pool, const std::string& reduction) {
    ir::OnnxGraph& graph = lowering.graph;
    if (lowering.inputs.front().isImage())
        return graph.add("Flatten", {graph.add(pool, {lowering.x()})}, {{"axis", std::int64_t{1}}});
    return graph.add(reduction, {lowering.x()},
                     {{"axes", std::vector<std::int64_t>{1}}, {"keepdims", std::int64_t{0}}});
}

std::string torchPool(const std::string& function, const std::string& x, const TorchWindow& window,
                      const std::string& more) {
    std::string call = "F." + function + "(" + x + ", " + window.kernel;
    if (window.stride != window.kernel) call += ", stride=" + window.stride;
    if (window.padding != "0") call += ", padding=" + window.padding;
    return call + more + ")";
}

std::string torchGlobalPool(TorchLowering& lowering, const std::string& reduction) {
    return lowering.x() + "." + reduction + (lowering.inputs.front().isImage() ? "(dim=(2, 3))" : "(dim=1)");
}

}  // namespace perceptory::layers
