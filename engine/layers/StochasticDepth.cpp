// In training a whole sample's values are dropped at once, so that its path skips the layers before; the others are
// enlarged. Huang et al. 2016; per sample, as in torchvision's "row" mode.

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
    return ir::scaleShift(lowering.graph, x, dropMask(lowering, 1), ir::none, 1);
}

std::string onnx(OnnxLowering& lowering) { return lowering.x(); }

std::string torch(TorchLowering& lowering) {
    const std::string drop = lowering.code.define(
        "stochastic_depth",
        "def {name}(x, rate: float, training: bool):\n"
        "    \"\"\"In training drops all values of a random share of the samples (Huang et al. 2016).\"\"\"\n"
        "    if not training:\n"
        "        return x\n"
        "    kept = torch.rand(x.shape[0], device=x.device) >= rate\n"
        "    return x * (kept.to(x.dtype) / (1 - rate)).reshape([-1] + [1] * (x.dim() - 1))\n");
    return drop + "(" + lowering.x() + ", " + ir::pythonFloat(lowering.values.number("rate")) + ", self.training)";
}

}  // namespace

const LayerType StochasticDepthLayer{
    {"stochastic_depth",
     "Stochastic depth",
     "At the end of a residual branch: drops the whole branch for a random share of the samples in every training step "
     "(Huang et al. 2016), which trains deep networks as if they were shallower. Does nothing outside training. y = x "
     "· m / (1 − rate), m 0 or 1 for each sample.",
     {rateParam("Share of samples whose branch is dropped.", 0.2)},
     "torchvision.ops.StochasticDepth; ONNX nothing, it only trains"},
    "Regularization",
    {"drop path"},
    1,
    1,
    shape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{4}}, {{"rate", 0.4}}}, {{{2, 2, 2}}}},
    ValueOrder::Kept};

}  // namespace perceptory::layers
