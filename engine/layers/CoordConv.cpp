// Two more channels say where a pixel is: its row and column, each from −1 to 1. Liu et al. 2018.

#include "engine/ir/Algebra.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/SlidingWindows.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    if (auto problem = needImage(context)) return *problem;
    tensor::Shape image = context.inputs.front();
    image[2] += 2;
    return image;
}

double coordinate(std::int64_t index, std::int64_t size) {
    return size > 1 ? 2 * static_cast<double>(index) / static_cast<double>(size - 1) - 1 : 0;
}

ir::ValueId lower(Lowering& lowering) {
    ir::Graph& graph = lowering.graph;
    tensor::Shape shape = graph.value(lowering.inputs[0]).shape;
    shape[2] = 2;
    std::vector<double> places;
    for (std::int64_t y = 0; y < shape[0]; ++y)
        for (std::int64_t x = 0; x < shape[1]; ++x)
            places.insert(places.end(), {coordinate(y, shape[0]), coordinate(x, shape[1])});
    const ir::ValueId map = graph.add("repeat", {graph.constant(shape, places)},
                                      {.integers = {tensor::elementCount(shape), 1}, .reshaped = shape});
    return ir::join(graph, lowering.inputs[0], map, 2);
}

std::string onnx(OnnxLowering& lowering) {
    ir::OnnxGraph& graph = lowering.graph;
    const tensor::Shape& image = lowering.shape();
    const std::string wider = graph.add("Pad", {lowering.x(), graph.integers({0, 0, 0, 0, 0, 2, 0, 0})});
    std::vector<float> places(static_cast<std::size_t>(tensor::elementCount(image)), 0);
    for (const bool column : {false, true})
        for (std::int64_t y = 0; y < image[0]; ++y)
            for (std::int64_t x = 0; x < image[1]; ++x)
                places.push_back(static_cast<float>(column ? coordinate(x, image[1]) : coordinate(y, image[0])));
    return graph.add("Add", {wider, graph.constant({1, image[2] + 2, image[0], image[1]}, std::move(places))});
}

std::string torch(TorchLowering& lowering) {
    const std::string places =
        lowering.code.define("coordinates",
                             "def {name}(height: int, width: int):\n"
                             "    \"\"\"Row and column of every pixel, each from -1 to 1.\"\"\"\n"
                             "    rows = torch.linspace(-1, 1, height) if height > 1 else torch.zeros(1)\n"
                             "    columns = torch.linspace(-1, 1, width) if width > 1 else torch.zeros(1)\n"
                             "    return torch.stack(torch.meshgrid(rows, columns, indexing=\"ij\"))\n");
    const std::string map = lowering.buffer("places", places + "(" + std::to_string(lowering.shape()[0]) + ", " +
                                                          std::to_string(lowering.shape()[1]) + ")");
    const std::string& x = lowering.x();
    return "torch.cat([" + x + ", " + map + ".expand(" + x + ".shape[0], -1, -1, -1)], dim=1)";
}

}  // namespace

const LayerType CoordConvLayer{
    {"coord_conv",
     "Coordinates",
     "Adds two channels with the row and the column of every pixel, from −1 to 1: y[i, j] = [x[i, j], 2i / (H − 1) − "
     "1, 2j / (W − 1) − 1] (Liu et al. 2018), so that a convolution behind it can tell where it is.",
     {},
     "torch.cat with a grid; ONNX Pad, Add"},
    "Convolution",
    {"position", "coordconv"},
    1,
    1,
    shape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{3, 2, 2}}}, {{{1, 4, 1}}}}};

}  // namespace perceptory::layers
