// Every value goes back to the pixel it came from in a max pool; the others are 0. Inputs: the values, and the pool's
// output "indices" (as PyTorch's MaxUnpool2d).

#include "engine/layers/Unpools.h"

namespace perceptory::layers {

namespace {

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape map = lowering.graph.value(lowering.inputs[0]).shape;
    return lowering.graph.add("scatter_pixels", {lowering.inputs[1], lowering.inputs[0]},
                              {.integers = {1}, .window = unpoolWindow(map, lowering.values)});
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
    {}};

}  // namespace perceptory::layers
