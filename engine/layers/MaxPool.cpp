// The largest value under a window, channel by channel. Padding is never the largest; the first of equals gets the
// gradient, as in PyTorch's MaxPool2d.

#include "engine/base/Text.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/Pools.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape image = lowering.graph.value(lowering.inputs[0]).shape;
    const ir::ValueId largest =
        lowering.graph.add("max_pool", {lowering.inputs[0]}, {.window = *poolWindow(image, lowering.values).window});
    lowering.ports["indices"] = lowering.graph.operations().back().outputs[1];
    return largest;
}

std::string onnx(OnnxLowering& lowering) {
    const std::vector<std::string> both = lowering.graph.addSeveral(
        "MaxPool", 2, {lowering.x()}, onnxWindow(*poolWindow(lowering.shape(), lowering.values).window));
    lowering.ports["indices"] = {.name = both[1], .shape = {}, .image = lowering.shape(), .places = true};
    return both[0];
}

std::string torch(TorchLowering& lowering) {
    const TorchWindow window = torchWindow(*poolWindow(lowering.shape(), lowering.values).window);
    if (!lowering.wanted.contains("indices"))
        return torchPool("max_pool2d", window.padded(lowering.x(), "float(\"-inf\")"), window);
    if (!window.margins.empty())
        return lowering.refuse(
            base::sentence("Its padding differs from side to side, so PyTorch numbers the pixels in another way."));
    const std::string indices = lowering.place.names.take(lowering.name + "_indices");
    lowering.ports["indices"] = {.name = indices, .shape = lowering.output, .whole = true};
    lowering.place.forward.push_back(lowering.name + ", " + indices + " = " +
                                     torchPool("max_pool2d", lowering.x(), window, ", return_indices=True"));
    return lowering.name;
}

}  // namespace

const LayerType MaxPoolLayer{{"max_pool", "Max pooling",
                              "Keeps the largest value under a window that slides over the image: a pattern counts "
                              "wherever it lies in it. y[p] = max of x under the window at p (Ranzato et al. 2007).",
                              poolParams(), "nn.MaxPool2d; ONNX MaxPool"},
                             "Pooling",
                             {"maxpool", "subsampling", "downsampling"},
                             1,
                             1,
                             poolShape,
                             nullptr,
                             lower,
                             onnx,
                             torch,
                             {{{{4, 6, 2}}},
                              {{{5, 5, 3}}, {{"size", 3}, {"stride", 2}, {"padding", 1}}},
                              {{{5, 4, 1}}, {{"size", {2, 1}}, {"stride", 1}, {"padding", "same"}}}},
                             ValueOrder::Mixed,
                             {"indices"}};

}  // namespace perceptory::layers
