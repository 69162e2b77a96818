// Every value goes back to the pixel it came from in a max pool; the others are 0. Inputs: the values, and the pool's
// output "indices" (as PyTorch's MaxUnpool2d: where windows share a pixel, its last value stands, and each of them gets
// its gradient).

#include "engine/base/Text.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"
#include "engine/layers/Unpools.h"

namespace perceptory::layers {

namespace {

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape map = lowering.graph.value(lowering.inputs[0]).shape;
    return lowering.graph.add("scatter_pixels", {lowering.inputs[1], lowering.inputs[0]},
                              {.integers = {1}, .window = unpoolWindow(map, lowering.values)});
}

std::string onnx(OnnxLowering& lowering) {
    const OnnxValue& places = lowering.inputs[1];
    const tensor::Window w = unpoolWindow(lowering.shape(), lowering.values);
    const bool paired = places.places && places.image == tensor::Shape{w.height, w.width, w.channels};
    if (!paired) return lowering.refuse(base::sentence("Its second input is not the places of a pool of such images."));
    if (lowering.values.pair("output_padding") != std::array<std::int64_t, 2>{})
        return lowering.refuse(base::sentence("ONNX's MaxUnpool knows no output_padding."));
    return lowering.graph.add("MaxUnpool", {lowering.x(), places.name},
                              {{"kernel_shape", std::vector{w.kernelHeight, w.kernelWidth}},
                               {"strides", std::vector{w.strideY, w.strideX}},
                               {"pads", std::vector{w.padTop, w.padLeft, w.padTop, w.padLeft}}});
}

std::string torch(TorchLowering& lowering) {
    const tensor::Window w = unpoolWindow(lowering.shape(), lowering.values);
    const auto more = lowering.values.pair("output_padding");
    if (more[0] >= w.strideY || more[1] >= w.strideX)
        return lowering.refuse(base::sentence("PyTorch takes no output_padding as large as the stride."));
    const TorchValue& places = lowering.inputs[1];
    return "F.max_unpool2d(" + lowering.x() + ", " + places.name + (places.whole ? "" : ".long()") + ", " +
           ir::pythonPair({w.kernelHeight, w.kernelWidth}) + ", " + ir::pythonPair({w.strideY, w.strideX}) + ", " +
           ir::pythonPair({w.padTop, w.padLeft}) + ", output_size=" + ir::pythonTuple({w.height, w.width}) + ")";
}

}  // namespace

const LayerType MaxUnpoolLayer{
    {"max_unpool", "Max unpooling",
     "Puts every value back to the pixel where the paired max pooling found it, and zeros elsewhere (Zeiler, Fergus "
     "2014). Its second input is that pool's \"indices\". y[index[p]] = x[p].",
     unpoolParams(), "nn.MaxUnpool2d; ONNX MaxUnpool"},
    "Pooling",
    {"unpool", "upsampling"},
    2,
    2,
    unpoolShape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{2, 2, 2}, {2, 2, 2}}, base::Json::object(), {{}, {0, 5, 3, 2, 9, 12, 14, 15}}},
     {{{1, 2, 1}, {1, 2, 1}}, {{"size", 3}, {"stride", 2}}, {{}, {7, 9}}}}};

}  // namespace perceptory::layers
