// y = a · sigmoid(b), a and b the two halves of the last axis. Dauphin et al. 2017.

#include "engine/base/Text.h"
#include "engine/ir/Algebra.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    tensor::Shape half = context.inputs.front();
    if (half.back() % 2 != 0)
        return {base::sentence("The last size of {0} cannot be halved.", tensor::shapeText(half)),
                base::sentence("Give the layer before it an even number of units or filters.")};
    half.back() /= 2;
    return half;
}

ir::ValueId lower(Lowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const ir::ValueId x = lowering.inputs[0];
    const std::size_t axis = graph.value(x).shape.size() - 1;
    const std::int64_t half = graph.value(x).shape.back() / 2;
    return ir::multiply(graph, ir::cut(graph, x, axis, 0, half),
                        ir::apply(graph, "sigmoid", ir::cut(graph, x, axis, half, half)));
}

std::string onnx(OnnxLowering& lowering) {
    ir::OnnxGraph& graph = lowering.graph;
    const std::vector<std::string> halves =
        graph.addSeveral("Split", 2, {lowering.x()}, {{"axis", onnxLastAxis(lowering.shape())}});
    return graph.add("Mul", {halves[0], graph.add("Sigmoid", {halves[1]})});
}

std::string torch(TorchLowering& lowering) {
    return "F.glu(" + lowering.x() + ", dim=" + std::to_string(torchLastAxis(lowering.shape())) + ")";
}

}  // namespace

const LayerType GluLayer{{"glu",
                          "Gated linear unit",
                          "One half of the channels, each times the sigmoid of its partner in the other half, y = a · "
                          "sigmoid(b) (Dauphin et al. 2017).",
                          {},
                          "nn.GLU; ONNX Split, Sigmoid, Mul"},
                         "Basic",
                         {"gate", "gated"},
                         1,
                         1,
                         shape,
                         nullptr,
                         lower,
                         onnx,
                         torch,
                         {{{{6}}}, {{{2, 3, 4}}}}};

}  // namespace perceptory::layers
