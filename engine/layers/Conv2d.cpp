// y[p, o] = f(b[o] + Σ_(tap, i) x[pixel of tap at p, i] · w[tap, i, o])   (a cross-correlation, as in every framework)
// x: [N; H, W, C], w: [KH, KW, C/groups, O], b: [O]. PyTorch's Conv2d holds w as [O, C/groups, KH, KW].

#include "engine/layers/SlidingWindows.h"

namespace perceptory::layers {

namespace {

WindowResult window(const tensor::Shape& image, const base::ParamValues& values) {
    WindowResult result = slideWindow({.image = image,
                                       .kernel = values.pair("kernel_size"),
                                       .stride = values.pair("stride"),
                                       .dilation = values.pair("dilation"),
                                       .padding = values.value("padding")});
    if (!result.window) return result;
    const std::int64_t filters = values.integer("filters"), groups = values.integer("groups");
    if (image[2] % groups != 0 || filters % groups != 0)
        return {std::nullopt,
                std::to_string(groups) + " groups do not divide both " + std::to_string(image[2]) + " channels and " +
                    std::to_string(filters) + " filters.",
                "Choose groups that divide both, such as 1."};
    result.window->mapChannels = filters;
    result.window->groups = groups;
    return result;
}

ShapeResult shape(const LayerContext& context) {
    if (auto problem = needImage(context, "A convolution")) return *problem;
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

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all{
        base::integerParam("filters", "Filters", "Number of filters: channels of the result.", 16, 1, 65536),
        base::pairParam("kernel_size", "Kernel size", "Height and width of the window of weights.", 3, 1, 255),
        base::pairParam("stride", "Stride", "How far the window moves from one result to the next.", 1, 1, 255),
        paddingParam(),
        base::pairParam("dilation", "Dilation", "Distance of the pixels that the window reads.", 1, 1, 255),
        base::integerParam("groups", "Groups",
                           "Channels are split into this many groups that do not mix; as many as there are channels "
                           "makes the convolution depthwise.",
                           1, 1, 65536),
        biasParam("Adds a number of its own to every filter.")};
    for (base::ParamType& parameter : kernelParams()) all.push_back(std::move(parameter));
    return all;
}

}  // namespace

const LayerType Conv2dLayer{
    {"conv2d", "Convolution 2D",
     "A small window of weights slides over the image; each filter answers where it finds its pattern: "
     "y[p, o] = f(b[o] + Σ x[pixel under the window at p, i] · w[tap, i, o]) (LeCun et al. 1989).",
     parameters()},
    "Convolution",
    {"conv", "convolution", "depthwise", "cnn"},
    1,
    1,
    shape,
    weights,
    lower,
    {{{{5, 4, 2}}, {{"filters", 3}}},
     {{{6, 5, 2}}, {{"filters", 3}, {"padding", "same"}, {"activation", "tanh"}}},
     {{{6, 7, 4}}, {{"filters", 6}, {"groups", 2}, {"stride", {2, 1}}, {"padding", {1, 2}}, {"bias", false}}},
     {{{7, 6, 3}}, {{"filters", 3}, {"groups", 3}, {"dilation", 2}, {"padding", 2}}},
     {{{6, 6, 2}}, {{"filters", 4}, {"kernel_size", {2, 3}}, {"stride", 3}, {"padding", "same"}}}}};

}  // namespace perceptory::layers
