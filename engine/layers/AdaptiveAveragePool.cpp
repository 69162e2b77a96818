// y[i] = mean of pixels ⌊i·n/m⌋ … ⌈(i + 1)·n/m⌉ − 1 along each axis, as PyTorch's AdaptiveAvgPool2d.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/SlidingWindows.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

tensor::Shape mapShape(const tensor::Shape& image, const base::ParamValues& values) {
    const auto size = values.pair("size");
    return {size[0], size[1], image[2]};
}

ShapeResult shape(const LayerContext& context) {
    if (auto problem = needImage(context)) return *problem;
    return mapShape(context.inputs.front(), context.values);
}

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape image = lowering.graph.value(lowering.inputs[0]).shape;
    return lowerResampling(lowering, tensor::Resampling::AdaptiveAverage, mapShape(image, lowering.values));
}

// How much each of `size` pixels counts in each of `count` means; one mean after the other, or pixel after pixel.
std::vector<float> shares(std::int64_t size, std::int64_t count, bool byPixel) {
    std::vector<float> all(static_cast<std::size_t>(size * count), 0);
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t begin = i * size / count, end = ((i + 1) * size + count - 1) / count;
        for (std::int64_t pixel = begin; pixel < end; ++pixel)
            all[static_cast<std::size_t>(byPixel ? pixel * count + i : i * size + pixel)] =
                1 / static_cast<float>(end - begin);
    }
    return all;
}

std::string onnx(OnnxLowering& lowering) {
    const tensor::Shape& image = lowering.shape();
    const tensor::Shape map = mapShape(image, lowering.values);
    ir::OnnxGraph& graph = lowering.graph;
    if (image[0] % map[0] == 0 && image[1] % map[1] == 0) {
        const std::vector size{image[0] / map[0], image[1] / map[1]};
        return graph.add("AveragePool", {lowering.x()}, {{"kernel_shape", size}, {"strides", size}});
    }
    const std::string rows = graph.constant({map[0], image[0]}, shares(image[0], map[0], false));
    const std::string columns = graph.constant({image[1], map[1]}, shares(image[1], map[1], true));
    return graph.add("MatMul", {graph.add("MatMul", {rows, lowering.x()}), columns});
}

std::string torch(TorchLowering& lowering) {
    return "F.adaptive_avg_pool2d(" + lowering.x() + ", " + ir::pythonTuple({lowering.output[0], lowering.output[1]}) +
           ")";
}

}  // namespace

const LayerType AdaptiveAveragePoolLayer{
    {"adaptive_average_pool",
     "Adaptive average pooling",
     "The mean of windows chosen so that the result always has the size asked for, whatever the size of the image. "
     "Window i of n goes from ⌊i·H/n⌋ to ⌈(i + 1)·H/n⌉ (He et al. 2014).",
     {base::pairParam("size", "Size", "Height and width of the result.", 1, 1, 4096)},
     "nn.AdaptiveAvgPool2d; ONNX AveragePool, or MatMul"},
    "Pooling",
    {"adaptive", "mean"},
    1,
    1,
    shape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{5, 7, 2}}, {{"size", {3, 2}}}}, {{{2, 3, 2}}, {{"size", 4}}}, {{{4, 4, 1}}}}};

}  // namespace perceptory::layers
