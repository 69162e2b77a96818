// The mean under a window, channel by channel. With count_padding the zeros of the padding count, as PyTorch's
// AvgPool2d does unless told otherwise.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/Pools.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape image = lowering.graph.value(lowering.inputs[0]).shape;
    return lowering.graph.add("average_pool", {lowering.inputs[0]},
                              {.integers = {lowering.values.flag("count_padding") ? 1 : 0},
                               .window = *poolWindow(image, lowering.values).window});
}

std::string onnx(OnnxLowering& lowering) {
    ir::OnnxAttributes attributes = onnxWindow(*poolWindow(lowering.shape(), lowering.values).window);
    attributes.emplace_back("count_include_pad", std::int64_t{lowering.values.flag("count_padding")});
    return lowering.graph.add("AveragePool", {lowering.x()}, std::move(attributes));
}

std::string torch(TorchLowering& lowering) {
    const TorchWindow window = torchWindow(*poolWindow(lowering.shape(), lowering.values).window);
    const bool counts = lowering.values.flag("count_padding");
    const auto pool = [&](const std::string& x) {
        return torchPool("avg_pool2d", x, window, counts ? "" : ", count_include_pad=False");
    };
    const std::string mean = pool(window.padded(lowering.x()));
    // PyTorch knows no padding that differs from side to side, and so does not know that these zeros are some.
    if (counts || window.margins.empty()) return mean;
    return mean + " / " + pool(window.padded("torch.ones_like(" + lowering.x() + ")"));
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = poolParams();
    all.push_back(base::switchParam("count_padding", "Count padding",
                                    "Zeros of the padding count in the mean; else only pixels do.", true));
    return all;
}

}  // namespace

const LayerType AveragePoolLayer{
    {"average_pool", "Average pooling",
     "The mean of what lies under a window that slides over the image: makes it smaller and smoother: y[p] = Σ x under "
     "the window at p / its size (LeCun et al. 1998).",
     parameters(), "nn.AvgPool2d; ONNX AveragePool"},
    "Pooling",
    {"avgpool", "mean", "downsampling"},
    1,
    1,
    poolShape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{4, 6, 2}}},
     {{{5, 5, 3}}, {{"size", 3}, {"stride", 2}, {"padding", 1}}},
     {{{5, 5, 2}}, {{"size", 3}, {"stride", 2}, {"padding", 1}, {"count_padding", false}}}}};

}  // namespace perceptory::layers
