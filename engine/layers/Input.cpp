// Where data enters the network. The shape comes from the data set unless one is given.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

// check() hands the data's shape in as the only input.
ShapeResult shape(const LayerContext& context) { return context.inputs.front(); }

ir::ValueId lower(Lowering& lowering) { return lowering.inputs.front(); }

std::string onnx(OnnxLowering& lowering) { return lowering.x(); }

std::string torch(TorchLowering& lowering) { return lowering.x(); }

}  // namespace

const LayerType InputLayer{{"input",
                            "Input",
                            "Where the samples enter the network: y = x. Its shape is the shape of the data "
                            "(Goodfellow, Bengio, Courville 2016, chapter 6).",
                            {},
                            "forward argument; ONNX graph input"},
                           "Data",
                           {"data", "source"},
                           0,
                           0,
                           shape,
                           nullptr,
                           lower,
                           onnx,
                           torch,
                           {{{{3}}}, {{{4, 4, 1}}}}};

}  // namespace perceptory::layers
