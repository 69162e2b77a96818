// The way back through a convolution, from small to large: every input pixel stamps its window, weighted, onto the
// result.
//   out = (in − 1)·stride − 2·padding + dilation·(kernel − 1) + output_padding + 1; "same": in·stride
// x: [N; H, W, C], w: [KH, KW, O/groups, C], b: [O]. PyTorch's ConvTranspose2d holds w as [C, O/groups, KH, KW].

#include "engine/ir/primitives/Convolutions.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/SlidingWindows.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

std::array<std::int64_t, 2> paddingOf(const base::ParamValues& values, std::size_t axis, std::int64_t reach,
                                      std::int64_t stride) {
    const base::Json& padding = values.value("padding");
    const std::int64_t extra = values.pair("output_padding")[axis];
    if (padding == "same") {
        const std::int64_t total = reach - stride;
        return {std::max<std::int64_t>(total, 0) / 2, total};
    }
    const std::int64_t one = padding.is_string() ? 0 : values.pair("padding")[axis];
    return {one, 2 * one - extra};
}

// The window of the convolution this goes back through: the result is its image, the input its map.
WindowResult window(const tensor::Shape& input, const base::ParamValues& values) {
    const auto kernel = values.pair("kernel_size"), stride = values.pair("stride"), dilation = values.pair("dilation");
    const std::int64_t filters = values.integer("filters"), groups = values.integer("groups");
    std::array<std::int64_t, 2> size{}, padding{};
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::int64_t reach = dilation[axis] * (kernel[axis] - 1) + 1;
        const auto [before, total] = paddingOf(values, axis, reach, stride[axis]);
        padding[axis] = before;
        size[axis] = (input[axis] - 1) * stride[axis] + reach - total;
    }
    const auto extra = values.pair("output_padding");
    for (std::size_t axis = 0; axis < 2; ++axis)
        if (extra[axis] > 0 && extra[axis] >= std::max(stride[axis], dilation[axis]))
            return {
                std::nullopt,
                base::sentence("The output_padding {0} must be smaller than the stride or the dilation.", extra[axis]),
                base::sentence("Use at most {0}.", std::max(stride[axis], dilation[axis]) - 1)};
    if (size[0] < 1 || size[1] < 1)
        return {std::nullopt, base::sentence("The padding leaves nothing of the result."),
                base::sentence("Use less padding or a larger kernel_size.")};
    if (input[2] % groups != 0 || filters % groups != 0) return undivided(groups, input[2], filters);
    return {tensor::Window{.height = size[0],
                           .width = size[1],
                           .channels = filters,
                           .mapHeight = input[0],
                           .mapWidth = input[1],
                           .mapChannels = input[2],
                           .kernelHeight = kernel[0],
                           .kernelWidth = kernel[1],
                           .strideY = stride[0],
                           .strideX = stride[1],
                           .padTop = padding[0],
                           .padLeft = padding[1],
                           .dilationY = dilation[0],
                           .dilationX = dilation[1],
                           .groups = groups},
            {},
            {}};
}

ShapeResult shape(const LayerContext& context) {
    if (auto problem = needImage(context)) return *problem;
    const WindowResult result = window(context.inputs.front(), context.values);
    if (!result.window) return {result.sentence, result.fix};
    return tensor::Shape{result.window->height, result.window->width, result.window->channels};
}

std::vector<WeightSpec> weights(const LayerContext& context) {
    const tensor::Window w = *window(context.inputs.front(), context.values).window;
    const std::int64_t outGroup = w.channels / w.groups;
    return kernelAndBias(context,
                         {.name = "weight",
                          .shape = {w.kernelHeight, w.kernelWidth, outGroup, w.mapChannels},
                          .fanIn = w.taps() * outGroup,
                          .fanOut = w.taps() * w.mapChannels,
                          .torchAxes = {3, 2, 0, 1}},
                         w.channels);
}

ir::ValueId lower(Lowering& lowering) {
    const tensor::Window w = *window(lowering.graph.value(lowering.inputs[0]).shape, lowering.values).window;
    const ir::ValueId bias = lowering.weights.size() > 1 ? lowering.weights[1] : ir::none;
    const ir::ValueId swapped = ir::swapChannels(lowering.graph, lowering.weights[0], w, w.mapChannels);
    const ir::ValueId z =
        lowering.graph.add("conv2d_input_gradient", {lowering.inputs[0], swapped, bias}, {.window = w});
    return lowerActivation(lowering.graph, z, lowering.values.kind("activation"));
}

std::string onnx(OnnxLowering& lowering) {
    const tensor::Window w = *window(lowering.shape(), lowering.values).window;
    std::array<std::int64_t, 2> behind{}, extra{};
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const bool y = axis == 0;
        const std::int64_t full = y ? (w.mapHeight - 1) * w.strideY + w.dilationY * (w.kernelHeight - 1) + 1
                                    : (w.mapWidth - 1) * w.strideX + w.dilationX * (w.kernelWidth - 1) + 1;
        const std::int64_t cut = full - (y ? w.padTop + w.height : w.padLeft + w.width);
        behind[axis] = std::max<std::int64_t>(cut, 0);
        extra[axis] = std::max<std::int64_t>(-cut, 0);
    }
    std::vector<std::string> inputs{lowering.x(), lowering.weight(0)};
    if (lowering.weights.size() > 1) inputs.push_back(lowering.weight(1));
    const std::string z = lowering.graph.add("ConvTranspose", std::move(inputs),
                                             {{"kernel_shape", std::vector{w.kernelHeight, w.kernelWidth}},
                                              {"strides", std::vector{w.strideY, w.strideX}},
                                              {"pads", std::vector{w.padTop, w.padLeft, behind[0], behind[1]}},
                                              {"output_padding", std::vector{extra[0], extra[1]}},
                                              {"dilations", std::vector{w.dilationY, w.dilationX}},
                                              {"group", w.groups}});
    return onnxActivation(lowering.graph, z, lowering.values.kind("activation"));
}

// What a transposed convolution without padding puts out beyond the result, along an axis.
struct Cut {
    std::int64_t before, behind, size;

    std::int64_t more() const { return before - behind; }
    // Whether PyTorch says it by a padding, on both sides alike, and an output_padding below the limit.
    bool fits(std::int64_t limit) const { return more() >= 0 && more() < limit; }
    std::string kept() const { return std::to_string(before) + ":" + std::to_string(before + size); }
};

Cut cutOf(std::int64_t full, std::int64_t before, std::int64_t size) { return {before, full - before - size, size}; }

std::string torch(TorchLowering& lowering) {
    const tensor::Window w = *window(lowering.shape(), lowering.values).window;
    const Cut y = cutOf((w.mapHeight - 1) * w.strideY + w.dilationY * (w.kernelHeight - 1) + 1, w.padTop, w.height);
    const Cut x = cutOf((w.mapWidth - 1) * w.strideX + w.dilationX * (w.kernelWidth - 1) + 1, w.padLeft, w.width);
    const bool fits = y.fits(std::max(w.strideY, w.dilationY)) && x.fits(std::max(w.strideX, w.dilationX));
    std::string call = "nn.ConvTranspose2d(" + std::to_string(w.mapChannels) + ", " + std::to_string(w.channels) +
                       ", " + ir::pythonPair({w.kernelHeight, w.kernelWidth});
    const auto unless = [&](const char* standard, const char* name, const std::string& value) {
        if (value != standard) call += std::string(", ") + name + "=" + value;
    };
    unless("1", "stride", ir::pythonPair({w.strideY, w.strideX}));
    if (fits) unless("0", "padding", ir::pythonPair({y.before, x.before}));
    const auto more = [&](const Cut& cut) { return fits ? cut.more() : std::max<std::int64_t>(-cut.behind, 0); };
    unless("0", "output_padding", ir::pythonPair({more(y), more(x)}));
    unless("1", "groups", std::to_string(w.groups));
    if (!lowering.values.flag("bias")) call += ", bias=False";
    unless("1", "dilation", ir::pythonPair({w.dilationY, w.dilationX}));
    std::string z = lowering.part(call + ")") + "(" + lowering.x() + ")";
    if (!fits) z += "[:, :, " + y.kept() + ", " + x.kept() + "]";
    return torchActivation(lowering, z);
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = convolutionParams();
    all.push_back(base::pairParam("output_padding", "Output padding",
                                  "Pixels added at the bottom and right, where several sizes are possible.", 0, 0,
                                  254));
    return all;
}

}  // namespace

const LayerType Conv2dTransposeLayer{
    {"conv2d_transpose", "Transposed convolution 2D",
     "Each pixel stamps a window of weights onto a larger image, y[stride·p + k, o] = Σ x[p, i] · w[k, o, i] + b[o]: "
     "the way back through a convolution. Makes images larger in decoders and generators (Zeiler et al. 2010).",
     parameters(), "nn.ConvTranspose2d; ONNX ConvTranspose"},
    "Convolution",
    {"deconvolution", "upconvolution", "fractionally strided"},
    1,
    1,
    shape,
    weights,
    lower,
    onnx,
    torch,
    {{{{3, 4, 2}}, {{"filters", 3}, {"stride", 2}, {"output_padding", 1}, {"padding", 1}}},
     {{{3, 3, 4}}, {{"filters", 6}, {"groups", 2}, {"bias", false}, {"activation", "tanh"}}},
     {{{4, 3, 2}}, {{"filters", 2}, {"stride", {2, 3}}, {"padding", "same"}}},
     {{{2, 2, 3}}, {{"filters", 3}, {"groups", 3}, {"dilation", 2}, {"kernel_size", {2, 3}}}}}};

}  // namespace perceptory::layers
