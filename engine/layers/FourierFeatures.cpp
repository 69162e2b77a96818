// y = [sin(2π x·B), cos(2π x·B)] with a fixed random matrix B. Tancik et al. 2020.

#include <numbers>

#include "engine/base/Text.h"
#include "engine/ir/Algebra.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    const tensor::Shape& input = context.inputs.front();
    if (input.size() == 1) return tensor::Shape{2 * context.values.integer("waves")};
    return {base::sentence("Fourier features need a row of numbers, but they get {0}.", tensor::shapeText(input)),
            base::sentence("Insert a flatten layer before it.")};
}

std::vector<WeightSpec> weights(const LayerContext& context) {
    const base::Json deviation{{"mean", 0}, {"deviation", context.values.number("scale")}};
    return {{.name = "frequencies",
             .shape = {context.inputs.front().front(), context.values.integer("waves")},
             .initializer = {"normal", deviation},
             .state = true}};
}

ir::ValueId lower(Lowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const ir::ValueId product = graph.add("matrix_product", {lowering.inputs[0], lowering.weights[0], ir::none});
    const ir::ValueId angle = ir::affine(graph, product, 2 * std::numbers::pi, 0);
    const ir::ValueId turned = ir::affine(graph, angle, 1, std::numbers::pi / 2);
    return ir::join(graph, ir::apply(graph, "sine", angle), ir::apply(graph, "sine", turned), 0);
}

std::string onnx(OnnxLowering& lowering) {
    ir::OnnxGraph& graph = lowering.graph;
    const std::string product = graph.add("MatMul", {lowering.x(), lowering.weight(0)});
    const std::string angle = graph.add("Mul", {product, graph.number(2 * std::numbers::pi)});
    return graph.add("Concat", {graph.add("Sin", {angle}), graph.add("Cos", {angle})}, {{"axis", std::int64_t{1}}});
}

std::string torch(TorchLowering& lowering) {
    const std::string type =
        lowering.code.define("FourierFeatures",
                             "class {name}(nn.Module):\n"
                             "    \"\"\"sin and cos of fixed random waves (Tancik et al. 2020).\"\"\"\n\n"
                             "    def __init__(self, inputs: int, waves: int):\n"
                             "        super().__init__()\n"
                             "        self.register_buffer(\"frequencies\", torch.zeros(inputs, waves))\n\n"
                             "    def forward(self, x):\n"
                             "        angle = 2 * math.pi * (x @ self.frequencies)\n"
                             "        return torch.cat([torch.sin(angle), torch.cos(angle)], dim=1)\n");
    return lowering.part(type + "(" + std::to_string(lowering.shape()[0]) + ", " +
                         std::to_string(lowering.values.integer("waves")) + ")") +
           "(" + lowering.x() + ")";
}

}  // namespace

const LayerType FourierFeaturesLayer{
    {"fourier_features",
     "Fourier features",
     "y = [sin 2πxB, cos 2πxB]: sin and cos of random waves over the input, with B fixed (Tancik et al. 2020). Lets a "
     "network fit fine detail over few inputs.",
     {base::integerParam("waves", "Waves", "How many random waves; twice as many numbers come out.", 16, 1, 65536),
      base::numberParam("scale", "Scale", "Standard deviation of the frequencies: larger fits finer detail.", 1, 1e-6,
                        1000, base::Changes::Rebuild)},
     "sin and cos of a product with a buffer; ONNX MatMul, Sin, Cos"},
    "Basic",
    {"random features", "sine", "cosine"},
    1,
    1,
    shape,
    weights,
    lower,
    onnx,
    torch,
    {{{{2}}, {{"waves", 3}}}}};

}  // namespace perceptory::layers
