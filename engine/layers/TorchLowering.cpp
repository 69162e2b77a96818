#include "engine/layers/TorchLowering.h"

#include <algorithm>

#include "engine/activations/Activation.h"

namespace perceptory::layers {

using ir::pythonPair;
using ir::pythonTuple;

namespace {

void replace(std::string& text, const std::string& what, const std::string& by) {
    if (const std::size_t at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
}

// One axis: zeros in front as they are, and those behind that the last position of the window reads.
struct Margin {
    std::int64_t before = 0, behind = 0;
    bool even = true;  // PyTorch's padding on both sides gives the same positions
};

Margin marginOf(std::int64_t size, std::int64_t map, std::int64_t stride, std::int64_t reach, std::int64_t before) {
    const std::int64_t behind = std::max<std::int64_t>(0, (map - 1) * stride + reach - size - before);
    const bool even = behind <= before && (size + 2 * before - reach) / stride + 1 == map;
    return {before, behind, even};
}

}  // namespace

std::string TorchLowering::part(const std::string& constructor) {
    place.parts.push_back("self." + name + " = " + constructor);
    return "self." + name;
}

std::string TorchLowering::buffer(const std::string& suffix, const std::string& tensor) {
    const std::string own = place.names.take(name + "_" + suffix);
    place.parts.push_back("self.register_buffer(\"" + own + "\", " + tensor + ", persistent=False)");
    return "self." + own;
}

std::string TorchLowering::let(const std::string& suffix, const std::string& expression) {
    const std::string own = place.names.take(name + "_" + suffix);
    place.forward.push_back(own + " = " + expression);
    return own;
}

std::string TorchLowering::refuse(std::string reason) {
    refusal = std::move(reason);
    return x();
}

tensor::Shape torchShape(const tensor::Shape& shape) {
    return shape.size() == 3 ? tensor::Shape{shape[2], shape[0], shape[1]} : shape;
}

std::int64_t torchLastAxis(const tensor::Shape& shape) { return shape.size() == 3 ? 1 : std::ssize(shape); }

std::string pythonFlag(bool flag) { return flag ? "True" : "False"; }

std::string engineOrder(const TorchValue& value) {
    if (value.isImage()) return value.name + ".permute(0, 2, 3, 1)";
    if (value.image.empty()) return value.name;
    return value.name + ".unflatten(1, " + pythonTuple(torchShape(value.image)) + ").permute(0, 2, 3, 1).flatten(1)";
}

std::string torchOrder(const std::string& expression, const tensor::Shape& shape) {
    return shape.size() == 3 ? expression + ".permute(0, 3, 1, 2)" : expression;
}

std::string torchRow(const std::string& expression, const tensor::Shape& image) {
    return torchOrder(expression + ".unflatten(1, " + pythonTuple(image) + ")", image) + ".flatten(1)";
}

std::string torchReshape(const TorchValue& value, const tensor::Shape& to) {
    std::string sizes = "-1";
    for (const std::int64_t size : to) sizes += ", " + std::to_string(size);
    return torchOrder(engineOrder(value) + ".reshape(" + sizes + ")", to);
}

std::string torchActivation(TorchLowering& lowering, const std::string& x, const base::KindSpec& choice) {
    const activations::ActivationType& type = activations::shelf().get(choice.type, "activation");
    const double p = type.p(choice.parameters);
    if (type.torch.empty())
        return lowering.code.define(type.id, "def {name}(x):\n    return " + type.torchFormula("x", p) + "\n") + "(" +
               x + ")";
    std::string call = type.torch;
    replace(call, "{p}", ir::pythonFloat(p));
    replace(call, "{x}", x);
    return call;
}

std::string torchActivation(TorchLowering& lowering, const std::string& x) {
    return torchActivation(lowering, x, lowering.values.kind("activation"));
}

std::string torchLinear(TorchLowering& lowering, std::int64_t units) {
    const std::string sizes = std::to_string(lowering.shape().back()) + ", " + std::to_string(units);
    const std::string bias = lowering.values.flag("bias") ? "" : ", bias=False";
    return lowering.part("nn.Linear(" + sizes + bias + ")") + "(" + lowering.x() + ")";
}

std::string TorchWindow::padded(const std::string& x, const std::string& value) const {
    if (margins.empty()) return x;
    return "F.pad(" + x + ", (" + margins + ")" + (value.empty() ? "" : ", value=" + value) + ")";
}

TorchWindow torchWindow(const tensor::Window& w, int axes) {
    const Margin y = marginOf(w.height, w.mapHeight, w.strideY, w.dilationY * (w.kernelHeight - 1) + 1, w.padTop);
    const Margin x = marginOf(w.width, w.mapWidth, w.strideX, w.dilationX * (w.kernelWidth - 1) + 1, w.padLeft);
    TorchWindow result;
    const auto margins = [](const Margin& margin) {
        return std::to_string(margin.before) + ", " + std::to_string(margin.behind);
    };
    if (axes == 1) {
        result = {std::to_string(w.kernelWidth), std::to_string(w.strideX), std::to_string(w.dilationX),
                  std::to_string(x.before), x.even ? "" : margins(x)};
    } else {
        result = {pythonPair({w.kernelHeight, w.kernelWidth}), pythonPair({w.strideY, w.strideX}),
                  pythonPair({w.dilationY, w.dilationX}), pythonPair({y.before, x.before}),
                  y.even && x.even ? "" : margins(x) + ", " + margins(y)};
    }
    if (!result.margins.empty()) result.padding = "0";
    return result;
}

std::string torchConvolution(TorchLowering& lowering, const tensor::Window& w, int axes) {
    const TorchWindow window = torchWindow(w, axes);
    std::string call = "nn.Conv" + std::to_string(axes) + "d(" + std::to_string(w.channels) + ", " +
                       std::to_string(w.mapChannels) + ", " + window.kernel;
    const auto unless = [&](const char* standard, const char* name, const std::string& value) {
        if (value != standard) call += std::string(", ") + name + "=" + value;
    };
    unless("1", "stride", window.stride);
    unless("0", "padding", window.padding);
    unless("1", "dilation", window.dilation);
    unless("1", "groups", std::to_string(w.groups));
    if (!lowering.values.flag("bias")) call += ", bias=False";
    const std::string self = lowering.part(call + ")");
    const std::string y =
        torchChannelsFirst(lowering, [&](const std::string& x) { return self + "(" + window.padded(x) + ")"; });
    return torchActivation(lowering, y);
}

}  // namespace perceptory::layers
