// Dropout of whole channels: neighbouring pixels say nearly the same, so single ones are not worth dropping. Tompson et
// al. 2015.

#include "engine/ir/Algebra.h"
#include "engine/layers/Masks.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) { return context.inputs.front(); }

ir::ValueId lower(Lowering& lowering) {
    const ir::ValueId x = lowering.inputs[0];
    if (!lowering.training || lowering.values.number("rate") == 0) return x;
    const std::int64_t channels = lowering.graph.value(x).shape.back();
    return ir::scaleShift(lowering.graph, x, dropMask(lowering, channels), ir::none, channels);
}

std::string onnx(OnnxLowering& lowering) { return lowering.x(); }

std::string torch(TorchLowering& lowering) {
    const bool row = lowering.shape().size() == 1;
    const std::string rate = "(" + ir::pythonNumber(lowering.values.number("rate")) + ")";
    const std::string self = lowering.part((row                            ? "nn.Dropout"
                                            : lowering.shape().size() == 2 ? "nn.Dropout1d"
                                                                           : "nn.Dropout2d") +
                                           rate);
    return torchChannelsFirst(lowering, [&](const std::string& x) { return self + "(" + x + ")"; });
}

}  // namespace

const LayerType SpatialDropoutLayer{
    {"spatial_dropout",
     "Spatial dropout",
     "Sets whole channels of a sample to zero in every training step, and enlarges the others (Tompson et al. 2015). "
     "Does nothing outside training. y = x · m[c] / (1 − rate).",
     {rateParam("Share of channels set to zero.", 0.5)},
     "nn.Dropout2d; ONNX nothing, it only trains"},
    "Regularization",
    {"drop channels", "dropout2d"},
    1,
    1,
    shape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{2, 3, 4}}, {{"rate", 0.4}}}, {{{3, 2}}}},
    ValueOrder::Kept};

}  // namespace perceptory::layers
