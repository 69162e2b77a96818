// y[p, o] = f(b[o] + Σ_(tap, i) x[pixel of tap at p, i] · w[tap, i, o])   (a cross-correlation, as in every framework)
// x: [N; H, W, C], w: [KH, KW, C/groups, O], b: [O]. PyTorch's Conv2d holds w as [O, C/groups, KH, KW].

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/SlidingWindows.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

WindowResult window(const tensor::Shape& image, const base::ParamValues& values) {
    return convolutionWindow({.image = image,
                              .kernel = values.pair("kernel_size"),
                              .stride = values.pair("stride"),
                              .dilation = values.pair("dilation"),
                              .padding = values.value("padding")},
                             values);
}

ShapeResult shape(const LayerContext& context) {
    if (auto problem = needImage(context)) return *problem;
    const WindowResult result = window(context.inputs.front(), context.values);
    if (!result.window) return {result.sentence, result.fix};
    return tensor::Shape{result.window->mapHeight, result.window->mapWidth, result.window->mapChannels};
}

std::vector<WeightSpec> weights(const LayerContext& context) {
    const tensor::Window w = *window(context.inputs.front(), context.values).window;
    const std::int64_t inGroup = w.channels / w.groups;
    return kernelAndBias(context,
                         {.name = "weight",
                          .shape = {w.kernelHeight, w.kernelWidth, inGroup, w.mapChannels},
                          .fanIn = w.taps() * inGroup,
                          .fanOut = w.taps() * w.mapChannels,
                          .torchAxes = {3, 2, 0, 1}},
                         w.mapChannels);
}

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape image = lowering.graph.value(lowering.inputs[0]).shape;
    const ir::ValueId bias = lowering.weights.size() > 1 ? lowering.weights[1] : ir::none;
    const ir::ValueId z = lowering.graph.add("conv2d", {lowering.inputs[0], lowering.weights[0], bias},
                                             {.window = *window(image, lowering.values).window});
    return lowerActivation(lowering.graph, z, lowering.values.kind("activation"));
}

std::string onnx(OnnxLowering& lowering) {
    std::vector<std::string> inputs{lowering.x(), lowering.weight(0)};
    if (lowering.weights.size() > 1) inputs.push_back(lowering.weight(1));
    const std::string z = lowering.graph.add("Conv", std::move(inputs),
                                             onnxConvolution(*window(lowering.shape(), lowering.values).window));
    return onnxActivation(lowering.graph, z, lowering.values.kind("activation"));
}

std::string torch(TorchLowering& lowering) {
    return torchConvolution(lowering, *window(lowering.shape(), lowering.values).window, 2);
}

}  // namespace

const LayerType Conv2dLayer{
    {"conv2d", "Convolution 2D",
     "A small window of weights slides over the image; each filter answers where it finds its pattern: "
     "y[p, o] = f(b[o] + Σ x[pixel under the window at p, i] · w[tap, i, o]) (LeCun et al. 1989).",
     convolutionParams(), "nn.Conv2d; ONNX Conv"},
    "Convolution",
    {"conv", "convolution", "depthwise", "cnn"},
    1,
    1,
    shape,
    weights,
    lower,
    onnx,
    torch,
    {{{{5, 4, 2}}, {{"filters", 3}}},
     {{{6, 5, 2}}, {{"filters", 3}, {"padding", "same"}, {"activation", "tanh"}}},
     {{{6, 7, 4}}, {{"filters", 6}, {"groups", 2}, {"stride", {2, 1}}, {"padding", {1, 2}}, {"bias", false}}},
     {{{7, 6, 3}}, {{"filters", 3}, {"groups", 3}, {"dilation", 2}, {"padding", 2}}},
     {{{6, 6, 2}}, {{"filters", 4}, {"kernel_size", {2, 3}}, {"stride", 3}, {"padding", "same"}}}}};

}  // namespace perceptory::layers
