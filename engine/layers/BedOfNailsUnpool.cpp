// Every value goes to the first pixel of its window; the others are 0.

#include "engine/base/Text.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"
#include "engine/layers/Unpools.h"

namespace perceptory::layers {

namespace {

// Pixel (row·W + column) of the window's corner, or of the image's edge where padding cuts it off.
std::vector<double> corners(const tensor::Window& w) {
    std::vector<double> pixels;
    for (std::int64_t y = 0; y < w.mapHeight; ++y)
        for (std::int64_t x = 0; x < w.mapWidth; ++x) {
            const std::int64_t row = std::max<std::int64_t>(y * w.strideY - w.padTop, 0),
                               column = std::max<std::int64_t>(x * w.strideX - w.padLeft, 0);
            pixels.insert(pixels.end(), static_cast<std::size_t>(w.channels),
                          static_cast<double>(row * w.width + column));
        }
    return pixels;
}

ir::ValueId lower(Lowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const tensor::Shape map = graph.value(lowering.inputs[0]).shape;
    const tensor::Window window = unpoolWindow(map, lowering.values);
    const ir::ValueId places = graph.add("repeat", {graph.constant(map, corners(window))},
                                         {.integers = {tensor::elementCount(map), 1}, .reshaped = map});
    return graph.add("scatter_pixels", {places, lowering.inputs[0]}, {.window = window});
}

// For each of `size` pixels of an axis which of `count` values stands there, or `count` for none. Empty when several
// do.
std::vector<std::int64_t> sources(std::int64_t size, std::int64_t count, std::int64_t stride, std::int64_t padding) {
    std::vector<std::int64_t> all(static_cast<std::size_t>(size), count);
    for (std::int64_t i = 0; i < count; ++i) {
        std::int64_t& source = all[static_cast<std::size_t>(std::max<std::int64_t>(i * stride - padding, 0))];
        if (source != count) return {};
        source = i;
    }
    return all;
}

std::string onnx(OnnxLowering& lowering) {
    ir::OnnxGraph& graph = lowering.graph;
    const tensor::Window w = unpoolWindow(lowering.shape(), lowering.values);
    const std::vector<std::int64_t> rows = sources(w.height, w.mapHeight, w.strideY, w.padTop),
                                    columns = sources(w.width, w.mapWidth, w.strideX, w.padLeft);
    if (rows.empty() || columns.empty())
        return lowering.refuse(base::sentence("With this padding several values meet in one pixel."));
    const std::string wider = graph.add("Pad", {lowering.x(), graph.integers({0, 0, 0, 0, 0, 0, 1, 1})});
    const std::string tall = graph.add("Gather", {wider, graph.integers(rows)}, {{"axis", std::int64_t{2}}});
    return graph.add("Gather", {tall, graph.integers(columns)}, {{"axis", std::int64_t{3}}});
}

std::string torch(TorchLowering& lowering) {
    const tensor::Window w = unpoolWindow(lowering.shape(), lowering.values);
    const auto places = [&](const char* suffix, std::int64_t count, std::int64_t stride, std::int64_t padding) {
        std::vector<std::int64_t> all;
        for (std::int64_t i = 0; i < count; ++i) all.push_back(std::max<std::int64_t>(i * stride - padding, 0));
        return lowering.buffer(suffix, "torch.tensor(" + ir::pythonList(all) + ")");
    };
    const std::string rows = places("rows", w.mapHeight, w.strideY, w.padTop),
                      columns = places("columns", w.mapWidth, w.strideX, w.padLeft);
    const std::string unpool = lowering.code.define(
        "bed_of_nails",
        "def {name}(x, rows, columns, height: int, width: int):\n"
        "    \"\"\"Every value goes to the first pixel of its window; the others are 0.\"\"\"\n"
        "    wide = x.new_zeros(x.shape[0], x.shape[1], x.shape[2], width).index_add(3, columns, x)\n"
        "    return x.new_zeros(x.shape[0], x.shape[1], height, width).index_add(2, rows, wide)\n");
    return unpool + "(" + lowering.x() + ", " + rows + ", " + columns + ", " + std::to_string(w.height) + ", " +
           std::to_string(w.width) + ")";
}

}  // namespace

const LayerType BedOfNailsUnpoolLayer{
    {"bed_of_nails_unpool", "Bed of nails unpooling",
     "Makes an image larger by putting every value into the corner of its window and zeros elsewhere: y[stride·p] = "
     "x[p] (Dosovitskiy et al. 2015).",
     unpoolParams(), "zeros with a strided copy; ONNX Pad, Gather"},
    "Pooling",
    {"unpool", "upsampling", "zero insertion"},
    1,
    1,
    unpoolShape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{2, 3, 2}}}, {{{2, 2, 1}}, {{"size", 3}, {"stride", 2}, {"output_padding", {1, 0}}}}}};

}  // namespace perceptory::layers
