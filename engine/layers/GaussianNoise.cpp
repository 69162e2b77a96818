// y = x + deviation · ε, ε normal, in training; y = x otherwise. Bishop 1995: works like a penalty on steep functions.

#include "engine/ir/Algebra.h"
#include "engine/layers/Masks.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) { return context.inputs.front(); }

ir::ValueId lower(Lowering& lowering) {
    const ir::ValueId x = lowering.inputs[0];
    const double deviation = lowering.values.number("deviation");
    if (!lowering.training || deviation == 0) return x;
    const ir::ValueId noise = lowering.graph.add(
        "noise", {},
        {.numbers = {deviation}, .integers = {streamOf(lowering)}, .reshaped = lowering.graph.value(x).shape});
    return ir::add(lowering.graph, x, noise);
}

std::string onnx(OnnxLowering& lowering) { return lowering.x(); }

std::string torch(TorchLowering& lowering) {
    const std::string noise =
        lowering.code.define("gaussian_noise",
                             "def {name}(x, deviation: float, training: bool):\n"
                             "    return x + deviation * torch.randn_like(x) if training else x\n");
    return noise + "(" + lowering.x() + ", " + ir::pythonFloat(lowering.values.number("deviation")) +
           ", self.training)";
}

}  // namespace

const LayerType GaussianNoiseLayer{
    {"gaussian_noise",
     "Gaussian noise",
     "Adds normally distributed noise in training: y = x + deviation · ε (Bishop 1995). Does nothing outside training.",
     {base::numberParam("deviation", "Deviation", "Standard deviation of the noise.", 0.1, 0, 100)},
     "torch.randn_like in training; ONNX nothing, it only trains"},
    "Regularization",
    {"jitter"},
    1,
    1,
    shape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{5}}, {{"deviation", 0.3}}}, {{{2, 2, 2}}}},
    ValueOrder::Kept};

}  // namespace perceptory::layers
