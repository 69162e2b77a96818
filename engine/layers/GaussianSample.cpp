// z = mean + exp(log variance / 2) · ε, ε normal, in training; z = mean otherwise. Kingma, Welling 2014.

#include "engine/base/Text.h"
#include "engine/ir/Algebra.h"
#include "engine/layers/Masks.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    if (context.inputs[0] == context.inputs[1]) return context.inputs.front();
    return {base::sentence("Means and log-variances must have one shape, but they are {0} and {1}.",
                           tensor::shapeText(context.inputs[0]), tensor::shapeText(context.inputs[1])),
            base::sentence("Give the two layers before it the same number of units.")};
}

ir::ValueId lower(Lowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const ir::ValueId mean = lowering.inputs[0];
    if (!lowering.training) return mean;
    const ir::ValueId noise =
        graph.add("noise", {}, {.numbers = {1}, .integers = {streamOf(lowering)}, .reshaped = graph.value(mean).shape});
    const ir::ValueId deviation = ir::apply(graph, "exponential", ir::affine(graph, lowering.inputs[1], 0.5, 0));
    return ir::add(graph, mean, ir::multiply(graph, deviation, noise));
}

std::string onnx(OnnxLowering& lowering) { return lowering.x(); }

std::string torch(TorchLowering& lowering) {
    const std::string sample = lowering.code.define(
        "gaussian_sample",
        "def {name}(mean, log_variance, training: bool):\n"
        "    \"\"\"A draw from the normal distribution in training, else its mean (Kingma, Welling 2014).\"\"\"\n"
        "    return mean + torch.exp(log_variance / 2) * torch.randn_like(mean) if training else mean\n");
    return sample + "(" + lowering.x() + ", " + lowering.inputs[1].name + ", self.training)";
}

}  // namespace

const LayerType GaussianSampleLayer{
    {"gaussian_sample",
     "Gaussian sample",
     "Draws from the normal distribution whose means and log-variances are its two inputs: z = mean + exp(log variance "
     "/ "
     "2) · ε (Kingma, Welling 2014), as in a variational autoencoder. Puts out the mean outside training.",
     {},
     "torch.randn_like in training, else the mean; ONNX the mean"},
    "Regularization",
    {"vae", "reparameterization", "sampling"},
    2,
    2,
    shape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{3}, {3}}}, {{{2, 2, 1}, {2, 2, 1}}}}};

}  // namespace perceptory::layers
