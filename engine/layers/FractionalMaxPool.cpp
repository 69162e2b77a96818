// Max pooling that makes an image smaller by any ratio: windows at uneven distances, drawn anew for every sample and
// step while training, fixed otherwise. Graham 2014.

#include <cmath>

#include "engine/base/Text.h"
#include "engine/layers/Masks.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/SlidingWindows.h"
#include "engine/layers/TorchLowering.h"
#include "engine/tensor/FractionalPool.h"

namespace perceptory::layers {

namespace {

tensor::Window window(const tensor::Shape& image, const base::ParamValues& values) {
    const double ratio = values.number("ratio");
    const auto shrunk = [&](std::int64_t size) {
        return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::floor(static_cast<double>(size) / ratio)));
    };
    const auto size = values.pair("size");
    tensor::Window result = resizing(image, {shrunk(image[0]), shrunk(image[1])});
    result.kernelHeight = size[0];
    result.kernelWidth = size[1];
    return result;
}

ShapeResult shape(const LayerContext& context) {
    if (auto problem = needImage(context)) return *problem;
    const tensor::Window w = window(context.inputs.front(), context.values);
    if (w.kernelHeight + w.mapHeight - 1 > w.height || w.kernelWidth + w.mapWidth - 1 > w.width)
        return {base::sentence(
                    "{0} windows of {1} do not fit into an image of {2}.", tensor::shapeText({w.mapHeight, w.mapWidth}),
                    tensor::shapeText({w.kernelHeight, w.kernelWidth}), tensor::shapeText(context.inputs.front())),
                base::sentence("Use a smaller size or a larger ratio.")};
    return tensor::Shape{w.mapHeight, w.mapWidth, w.mapChannels};
}

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape image = lowering.graph.value(lowering.inputs[0]).shape;
    return lowering.graph.add(
        "fractional_max_pool", {lowering.inputs[0]},
        {.integers = {streamOf(lowering), lowering.training ? 1 : 0}, .window = window(image, lowering.values)});
}

// The pixels under each window, along an axis, one window after the other.
std::vector<std::int64_t> pixelsUnder(std::int64_t count, std::int64_t size, std::int64_t window) {
    std::vector<std::int64_t> all;
    for (std::int64_t i = 0; i < count; ++i)
        for (std::int64_t k = 0; k < window; ++k)
            all.push_back(tensor::fractionalStart(tensor::fixedFraction, i, count, size, window) + k);
    return all;
}

std::string onnx(OnnxLowering& lowering) {
    ir::OnnxGraph& graph = lowering.graph;
    const tensor::Window w = window(lowering.shape(), lowering.values);
    const std::string rows = graph.integers(pixelsUnder(w.mapHeight, w.height, w.kernelHeight)),
                      columns = graph.integers(pixelsUnder(w.mapWidth, w.width, w.kernelWidth));
    const std::string tall = graph.add("Gather", {lowering.x(), rows}, {{"axis", std::int64_t{2}}});
    const std::string apart = graph.add("Gather", {tall, columns}, {{"axis", std::int64_t{3}}});
    const std::vector size{w.kernelHeight, w.kernelWidth};
    return graph.add("MaxPool", {apart}, {{"kernel_shape", size}, {"strides", size}});
}

std::string torch(TorchLowering& lowering) {
    const tensor::Window w = window(lowering.shape(), lowering.values);
    const auto pixels = [&](const char* suffix, std::int64_t count, std::int64_t size, std::int64_t reach) {
        return lowering.buffer(suffix, "torch.tensor(" + ir::pythonList(pixelsUnder(count, size, reach)) + ")");
    };
    const std::string rows = pixels("rows", w.mapHeight, w.height, w.kernelHeight),
                      columns = pixels("columns", w.mapWidth, w.width, w.kernelWidth);
    const std::string pool =
        lowering.code.define("fractional_max_pool",
                             "def {name}(x, size: list[int], output: list[int], rows, columns, training: bool):\n"
                             "    \"\"\"Max pooling with windows at uneven distances: random ones in training, else "
                             "the pixels named.\"\"\"\n"
                             "    if training:\n"
                             "        return F.fractional_max_pool2d(x, size, output)\n"
                             "    return F.max_pool2d(x[:, :, rows][:, :, :, columns], size)\n");
    lowering.differs = base::sentence("PyTorch draws the windows for every channel by itself.");
    return pool + "(" + lowering.x() + ", " + ir::pythonList({w.kernelHeight, w.kernelWidth}) + ", " +
           ir::pythonList({w.mapHeight, w.mapWidth}) + ", " + rows + ", " + columns + ", self.training)";
}

}  // namespace

const LayerType FractionalMaxPoolLayer{
    {"fractional_max_pool",
     "Fractional max pooling",
     "Max pooling with windows at uneven, random distances, y[p] = max of x under the window at p (Graham 2014), so "
     "that an image shrinks by any ratio, such as 1.41, and many pools fit behind each other.",
     {base::pairParam("size", "Size", "Height and width of a window.", 2, 1, 4096),
      base::numberParam("ratio", "Ratio", "How many times smaller the image becomes.", 1.4142, 1, 4096,
                        base::Changes::Rebuild)},
     "nn.FractionalMaxPool2d; ONNX Gather, MaxPool"},
    "Pooling",
    {"subsampling", "random pooling"},
    1,
    1,
    shape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{7, 6, 2}}}, {{{5, 5, 1}}, {{"size", {1, 2}}, {"ratio", 1.25}}}}};

}  // namespace perceptory::layers
