#include "engine/layers/SlidingWindows.h"

#include "engine/activations/Activation.h"
#include "engine/initializers/Initializer.h"
#include "engine/regularizers/Regularizer.h"

namespace perceptory::layers {

namespace {

// One axis: pixels in the map and padding in front; 0 pixels when the window does not fit.
struct Axis {
    std::int64_t map = 0, padding = 0;
};

Axis slide(const WindowRequest& request, std::size_t axis) {
    const std::int64_t size = request.image[axis], stride = request.stride[axis];
    const std::int64_t reach = request.dilation[axis] * (request.kernel[axis] - 1) + 1;
    if (request.padding == "same") {
        const std::int64_t map = (size + stride - 1) / stride;
        return {map, std::max<std::int64_t>((map - 1) * stride + reach - size, 0) / 2};
    }
    std::int64_t padding = 0;
    if (request.padding.is_number()) padding = request.padding.get<std::int64_t>();
    if (request.padding.is_array()) padding = request.padding[axis].get<std::int64_t>();
    const std::int64_t room = size + 2 * padding - reach;
    return {room < 0 ? 0 : room / stride + 1, padding};
}

}  // namespace

WindowResult slideWindow(const WindowRequest& request) {
    const Axis y = slide(request, 0), x = slide(request, 1);
    if (y.map == 0 || x.map == 0)
        return {std::nullopt,
                base::sentence("A window of {0} does not fit into an image of {1}.",
                               tensor::shapeText({request.kernel[0], request.kernel[1]}),
                               tensor::shapeText({request.image[0], request.image[1]})),
                base::sentence("Use a smaller kernel_size, less dilation, or padding \"same\".")};
    return {tensor::Window{.height = request.image[0],
                           .width = request.image[1],
                           .channels = request.image[2],
                           .mapHeight = y.map,
                           .mapWidth = x.map,
                           .mapChannels = request.image[2],
                           .kernelHeight = request.kernel[0],
                           .kernelWidth = request.kernel[1],
                           .strideY = request.stride[0],
                           .strideX = request.stride[1],
                           .padTop = y.padding,
                           .padLeft = x.padding,
                           .dilationY = request.dilation[0],
                           .dilationX = request.dilation[1]},
            {},
            {}};
}

WindowResult convolutionWindow(const WindowRequest& request, const base::ParamValues& values) {
    WindowResult result = slideWindow(request);
    if (!result.window) return result;
    const std::int64_t filters = values.integer("filters"), groups = values.integer("groups");
    if (request.image[2] % groups != 0 || filters % groups != 0) return undivided(groups, request.image[2], filters);
    result.window->mapChannels = filters;
    result.window->groups = groups;
    return result;
}

WindowResult undivided(std::int64_t groups, std::int64_t channels, std::int64_t filters) {
    return {std::nullopt,
            base::sentence("{0} groups do not divide both {1} channels and {2} filters.", groups, channels, filters),
            base::sentence("Choose groups that divide both, such as 1.")};
}

tensor::Window resizing(const tensor::Shape& image, const tensor::Shape& map) {
    return {.height = image[0],
            .width = image[1],
            .channels = image[2],
            .mapHeight = map[0],
            .mapWidth = map[1],
            .mapChannels = image[2]};
}

tensor::Window wholeWindow(const tensor::Shape& input) {
    tensor::Window window = resizing({1, tensor::elementCount(input) / input.back(), input.back()}, {1, 1});
    window.kernelWidth = window.width;
    return window;
}

ir::ValueId lowerResampling(Lowering& lowering, tensor::Resampling how, const tensor::Shape& map) {
    const tensor::Shape image = lowering.graph.value(lowering.inputs[0]).shape;
    return lowering.graph.add("resample", {lowering.inputs[0]},
                              {.integers = {static_cast<std::int64_t>(how)}, .window = resizing(image, map)});
}

std::optional<ShapeResult> needImage(const LayerContext& context) {
    const tensor::Shape& input = context.inputs.front();
    if (input.size() == 3) return std::nullopt;
    return ShapeResult(base::sentence("This layer needs an image (height × width × channels), but it gets {0}.",
                                      tensor::shapeText(input)),
                       base::sentence("Connect it to an image, or insert a reshape layer before it."));
}

base::ParamType paddingParam() {
    return base::pairParam(
        "padding", "Padding",
        "Zeros around the image: \"same\" keeps the size (divided by the stride), \"valid\" adds none.", 0, 0, 4096,
        {"same", "valid"});
}

base::ParamType groupsParam() {
    return base::integerParam("groups", "Groups",
                              "Channels are split into this many groups that do not mix; as many as there are channels "
                              "makes the convolution depthwise.",
                              1, 1, 65536);
}

std::vector<base::ParamType> convolutionParams() {
    std::vector<base::ParamType> all{
        base::integerParam("filters", "Filters", "Number of filters: channels of the result.", 16, 1, 65536),
        base::pairParam("kernel_size", "Kernel size", "Height and width of the window of weights.", 3, 1, 255),
        base::pairParam("stride", "Stride", "How far the window moves from one position to the next.", 1, 1, 255),
        paddingParam(),
        base::pairParam("dilation", "Dilation", "Distance of the pixels under the window.", 1, 1, 255),
        groupsParam(),
        biasParam("Adds a number of its own to every filter.")};
    for (base::ParamType& parameter : kernelParams()) all.push_back(std::move(parameter));
    return all;
}

std::vector<base::ParamType> marginParams() {
    std::vector<base::ParamType> all;
    for (const char* side : {"top", "left", "bottom", "right"}) {
        std::string label = side;
        label[0] = static_cast<char>(label[0] - 'a' + 'A');
        all.push_back(base::integerParam(side, label, "Pixels at this side.", 1, 0, 4096));
    }
    return all;
}

base::ParamType biasParam(const std::string& help) { return base::switchParam("bias", "Bias", help, true); }

std::vector<base::ParamType> kernelParams() {
    return {base::kindParam(
                "activation", "Activation", "Function applied to every sum.", "linear",
                [] { return activations::shelf().kinds(); }, base::Changes::NextBatch),
            base::kindParam("kernel_initializer", "Weight initializer", "How the first weights are drawn.",
                            "torch_default", [] { return initializers::shelf().kinds(); }),
            base::kindParam("bias_initializer", "Bias initializer", "How the first biases are drawn.", "torch_default",
                            [] { return initializers::shelf().kinds(); }),
            base::kindParam(
                "regularizer", "Regularizer", "Penalty on large weights.", nullptr,
                [] { return regularizers::shelf().kinds(); }, base::Changes::NextBatch)};
}

std::vector<WeightSpec> kernelAndBias(const LayerContext& context, WeightSpec kernel, std::int64_t biases) {
    kernel.initializer = context.values.kind("kernel_initializer");
    kernel.regularizer = context.values.kind("regularizer");
    if (!context.values.flag("bias")) return {kernel};
    return {kernel, {"bias", {biases}, kernel.fanIn, kernel.fanOut, context.values.kind("bias_initializer")}};
}

}  // namespace perceptory::layers
