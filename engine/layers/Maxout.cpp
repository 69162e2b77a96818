// y_u = max over pieces p of x·W_(u, p) + b_(u, p). Goodfellow et al. 2013.

#include "engine/base/Text.h"
#include "engine/ir/Algebra.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/SlidingWindows.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    const tensor::Shape& input = context.inputs.front();
    if (input.size() == 1) return tensor::Shape{context.values.integer("units")};
    return {base::sentence("A maxout layer needs a row of numbers, but it gets {0}.", tensor::shapeText(input)),
            base::sentence("Insert a flatten layer before it.")};
}

std::vector<WeightSpec> weights(const LayerContext& context) {
    const std::int64_t inputs = context.inputs.front().front();
    const std::int64_t sums = context.values.integer("units") * context.values.integer("pieces");
    return kernelAndBias(context,
                         {.name = "weight",
                          .shape = {inputs, sums},
                          .fanIn = inputs,
                          .fanOut = sums,
                          .torchAxes = {1, 0},
                          .readsFeatures = true},
                         sums);
}

ir::ValueId lower(Lowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const std::int64_t units = lowering.values.integer("units"), pieces = lowering.values.integer("pieces");
    const ir::ValueId bias = lowering.weights.size() > 1 ? lowering.weights[1] : ir::none;
    const ir::ValueId sums = graph.add("matrix_product", {lowering.inputs[0], lowering.weights[0], bias});
    // The sums of a unit lie side by side: a row of an image whose largest pixel is taken.
    tensor::Window window = resizing({units, pieces, 1}, {units, 1, 1});
    window.kernelWidth = window.strideX = pieces;
    const ir::ValueId largest =
        graph.add("max_pool", {ir::reshape(graph, sums, {units, pieces, 1})}, {.window = window});
    return ir::reshape(graph, largest, {units});
}

std::string onnx(OnnxLowering& lowering) {
    const std::int64_t units = lowering.values.integer("units"), pieces = lowering.values.integer("pieces");
    return lowering.graph.add("ReduceMax", {lowering.reshape(onnxLinear(lowering), {units, pieces})},
                              {{"axes", std::vector<std::int64_t>{2}}, {"keepdims", std::int64_t{0}}});
}

std::string torch(TorchLowering& lowering) {
    const std::int64_t units = lowering.values.integer("units"), pieces = lowering.values.integer("pieces");
    return torchLinear(lowering, units * pieces) + ".unflatten(1, " + ir::pythonTuple({units, pieces}) +
           ").amax(dim=2)";
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all{
        base::integerParam("units", "Units", "Number of results.", 4, 1, 1'000'000),
        base::integerParam("pieces", "Pieces", "Sums per unit, of which the largest counts.", 2, 2, 64),
        biasParam("Adds a number of its own to every sum.")};
    for (base::ParamType& parameter : kernelParams())
        if (parameter.id != "activation") all.push_back(std::move(parameter));
    return all;
}

}  // namespace

const LayerType MaxoutLayer{{"maxout", "Maxout",
                             "Every unit has several weighted sums and puts out the largest, y = max over k of x·Wₖ + "
                             "bₖ (Goodfellow et al. 2013): it learns its own activation, made of straight pieces.",
                             parameters(), "nn.Linear, reshape and amax; ONNX Gemm + ReduceMax"},
                            "Basic",
                            {"piecewise", "nonlinearity"},
                            1,
                            1,
                            shape,
                            weights,
                            lower,
                            onnx,
                            torch,
                            {{{{4}}, {{"units", 3}}}, {{{2}}, {{"units", 2}, {"pieces", 3}, {"bias", false}}}}};

}  // namespace perceptory::layers
