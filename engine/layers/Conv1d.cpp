// y[t, o] = f(b[o] + Σ_(tap, i) x[t·stride − padding + tap·dilation, i] · w[tap, i, o]): a convolution along a
// sequence. x: [N; T, C], w: [K, C/groups, O], b: [O]. PyTorch's Conv1d holds w as [O, C/groups, K].

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/SlidingWindows.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

// The sequence as an image of height 1.
WindowResult window(const tensor::Shape& sequence, const base::ParamValues& values) {
    const base::Json& padding = values.value("padding");
    return convolutionWindow({.image = {1, sequence[0], sequence[1]},
                              .kernel = {1, values.integer("kernel_size")},
                              .stride = {1, values.integer("stride")},
                              .dilation = {1, values.integer("dilation")},
                              .padding = padding.is_number() ? base::Json{0, padding} : padding},
                             values);
}

ShapeResult shape(const LayerContext& context) {
    const tensor::Shape& input = context.inputs.front();
    if (input.size() != 2)
        return {base::sentence("A 1D convolution needs a sequence (steps × values), but it gets {0}.",
                               tensor::shapeText(input)),
                base::sentence("Connect it to a sequence, or insert a reshape layer before it.")};
    const WindowResult result = window(input, context.values);
    if (!result.window) return {result.sentence, result.fix};
    return tensor::Shape{result.window->mapWidth, result.window->mapChannels};
}

std::vector<WeightSpec> weights(const LayerContext& context) {
    const tensor::Window w = *window(context.inputs.front(), context.values).window;
    const std::int64_t inGroup = w.channels / w.groups;
    return kernelAndBias(context,
                         {.name = "weight",
                          .shape = {w.kernelWidth, inGroup, w.mapChannels},
                          .fanIn = w.kernelWidth * inGroup,
                          .fanOut = w.kernelWidth * w.mapChannels,
                          .torchAxes = {2, 1, 0}},
                         w.mapChannels);
}

ir::ValueId lower(Lowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const tensor::Window w = *window(graph.value(lowering.inputs[0]).shape, lowering.values).window;
    const ir::ValueId bias = lowering.weights.size() > 1 ? lowering.weights[1] : ir::none;
    const ir::ValueId image = graph.add("reshape", {lowering.inputs[0]}, {.reshaped = {1, w.width, w.channels}});
    const ir::ValueId map = graph.add("conv2d", {image, lowering.weights[0], bias}, {.window = w});
    const ir::ValueId z = graph.add("reshape", {map}, {.reshaped = {w.mapWidth, w.mapChannels}});
    return lowerActivation(graph, z, lowering.values.kind("activation"));
}

std::string onnx(OnnxLowering& lowering) {
    const tensor::Window w = *window(lowering.shape(), lowering.values).window;
    const std::string z = channelsFirst(lowering, [&](const std::string& x) {
        std::vector<std::string> inputs{x, lowering.weight(0)};
        if (lowering.weights.size() > 1) inputs.push_back(lowering.weight(1));
        return lowering.graph.add("Conv", std::move(inputs), onnxConvolution(w, 1));
    });
    return onnxActivation(lowering.graph, z, lowering.values.kind("activation"));
}

std::string torch(TorchLowering& lowering) {
    return torchConvolution(lowering, *window(lowering.shape(), lowering.values).window, 1);
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all{
        base::integerParam("filters", "Filters", "Number of filters: values per step of the result.", 16, 1, 65536),
        base::integerParam("kernel_size", "Kernel size", "Steps under the window of weights.", 3, 1, 4096),
        base::integerParam("stride", "Stride", "How far the window moves from one result to the next.", 1, 1, 4096),
        paddingParam(),
        base::integerParam("dilation", "Dilation", "Distance of the steps that the window reads.", 1, 1, 4096),
        groupsParam(),
        biasParam("Adds a number of its own to every filter.")};
    for (base::ParamType& parameter : kernelParams()) all.push_back(std::move(parameter));
    return all;
}

}  // namespace

const LayerType Conv1dLayer{
    {"conv1d", "Convolution 1D",
     "A small window of weights slides along a sequence; each filter answers where it finds its pattern: y[t, o] = "
     "f(b[o] + Σ x[t + k, i] · w[k, i, o]) (Waibel et al. 1989).",
     parameters(), "nn.Conv1d; ONNX Conv"},
    "Convolution",
    {"conv", "temporal", "sequence"},
    1,
    1,
    shape,
    weights,
    lower,
    onnx,
    torch,
    {{{{7, 3}}, {{"filters", 2}}},
     {{{8, 4}}, {{"filters", 4}, {"groups", 2}, {"stride", 2}, {"padding", 2}, {"dilation", 2}, {"bias", false}}},
     {{{6, 2}}, {{"filters", 3}, {"kernel_size", 4}, {"padding", "same"}, {"activation", "tanh"}}}}};

}  // namespace perceptory::layers
