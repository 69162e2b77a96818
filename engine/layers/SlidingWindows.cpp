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
                "A window of " + tensor::shapeText({request.kernel[0], request.kernel[1]}) +
                    " does not fit into an image of " + tensor::shapeText({request.image[0], request.image[1]}) + ".",
                "Use a smaller kernel_size, less dilation, or padding \"same\"."};
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

std::optional<ShapeResult> needImage(const LayerContext& context, const std::string& layer) {
    const tensor::Shape& input = context.inputs.front();
    if (input.size() == 3) return std::nullopt;
    return ShapeResult(
        layer + " needs an image (height × width × channels), but it gets " + tensor::shapeText(input) + ".",
        "Connect it to an image, or insert a reshape layer before it.");
}

base::ParamType paddingParam() {
    return base::pairParam(
        "padding", "Padding",
        "Zeros around the image: \"same\" keeps the size (divided by the stride), \"valid\" adds none.", 0, 0, 4096,
        {"same", "valid"});
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
