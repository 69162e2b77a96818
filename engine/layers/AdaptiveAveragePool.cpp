// y[i] = mean of pixels ⌊i·n/m⌋ … ⌈(i + 1)·n/m⌉ − 1 along each axis, as PyTorch's AdaptiveAvgPool2d.

#include "engine/layers/SlidingWindows.h"

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

}  // namespace

const LayerType AdaptiveAveragePoolLayer{
    {"adaptive_average_pool",
     "Adaptive average pooling",
     "The mean of windows chosen so that the result always has the size asked for, whatever the size of the image. "
     "Window i of n goes from ⌊i·H/n⌋ to ⌈(i + 1)·H/n⌉ (He et al. 2014).",
     {base::pairParam("size", "Size", "Height and width of the result.", 1, 1, 4096)},
     "nn.AdaptiveAvgPool2d; ONNX AveragePool of slices"},
    "Pooling",
    {"adaptive", "mean"},
    1,
    1,
    shape,
    nullptr,
    lower,
    {{{{5, 7, 2}}, {{"size", {3, 2}}}}, {{{2, 3, 2}}, {{"size", 4}}}, {{{4, 4, 1}}}}};

}  // namespace perceptory::layers
