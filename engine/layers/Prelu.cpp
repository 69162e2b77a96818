// y = x for x > 0, a · x below, a learned. He et al. 2015.

#include "engine/ir/Algebra.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) { return context.inputs.front(); }

std::int64_t slopes(const base::ParamValues& values, const tensor::Shape& input) {
    return values.flag("per_channel") ? input.back() : 1;
}

std::vector<WeightSpec> weights(const LayerContext& context) {
    return {{.name = "weight",
             .shape = {slopes(context.values, context.inputs.front())},
             .initializer = {"constant", {{"value", context.values.number("slope")}}}}};
}

// relu(x) − a · relu(−x)
ir::ValueId lower(Lowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const ir::ValueId x = lowering.inputs[0];
    const ir::ValueId below = ir::apply(graph, "relu", ir::affine(graph, x, -1, 0));
    const ir::ValueId slope = ir::affine(graph, lowering.weights[0], -1, 0);
    return ir::add(graph, ir::apply(graph, "relu", x),
                   ir::scaleShift(graph, below, slope, ir::none, slopes(lowering.values, graph.value(x).shape)));
}

std::string onnx(OnnxLowering& lowering) {
    const bool shared = lowering.weights[0]->shape == tensor::Shape{1};
    const tensor::Shape shape = shared ? tensor::Shape{1} : onnxChannels(lowering.shape());
    return lowering.graph.add("PRelu", {lowering.x(), lowering.weight(0, shape)});
}

std::string torch(TorchLowering& lowering) {
    const std::string self =
        lowering.part("nn.PReLU(" + std::to_string(slopes(lowering.values, lowering.shape())) + ")");
    return torchChannelsFirst(lowering, [&](const std::string& x) { return self + "(" + x + ")"; });
}

}  // namespace

const LayerType PreluLayer{{"prelu",
                            "PReLU",
                            "y = x for x > 0, weight · x below; the slope is learned (He et al. 2015).",
                            {base::switchParam("per_channel", "Per channel",
                                               "Learns a slope for every channel instead of one for all.", false),
                             base::numberParam("slope", "First slope", "The slope below zero before training.", 0.25,
                                               -10, 10, base::Changes::Rebuild)},
                            "nn.PReLU; ONNX PRelu"},
                           "Basic",
                           {"relu", "parametric relu", "nonlinearity"},
                           1,
                           1,
                           shape,
                           weights,
                           lower,
                           onnx,
                           torch,
                           {{{{5}}}, {{{2, 3, 2}}, {{"per_channel", true}}}},
                           ValueOrder::Kept};

}  // namespace perceptory::layers
