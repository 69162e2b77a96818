// y_t = w[x_t]: every whole number of the input becomes a learned row. x: [N; T] (or [N; 1]), w: {entries, dimension},
// y: [N; T, dimension] (or [N; dimension]).

#include "engine/base/Text.h"
#include "engine/initializers/Initializer.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    const tensor::Shape& input = context.inputs.front();
    const std::int64_t dimension = context.values.integer("dimension");
    if (input.size() != 1)
        return {
            base::sentence("An embedding looks up whole numbers in a row, but it gets {0}.", tensor::shapeText(input)),
            base::sentence("Connect it to the numbers of words or categories.")};
    return input.front() == 1 ? tensor::Shape{dimension} : tensor::Shape{input.front(), dimension};
}

// Row 0 stands for the padding behind a short text and stays zero; a single category has no padding.
bool pads(const tensor::Shape& input) { return input.front() > 1; }

std::vector<WeightSpec> weights(const LayerContext& context) {
    return {{.name = "weight",
             .shape = {context.values.integer("entries"), context.values.integer("dimension")},
             .fanIn = context.values.integer("entries"),
             .fanOut = context.values.integer("dimension"),
             .initializer = context.values.kind("initializer"),
             .zeroFirstRow = pads(context.inputs.front())}};
}

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape input = lowering.graph.value(lowering.inputs[0]).shape;
    const std::int64_t dimension = lowering.values.integer("dimension");
    const tensor::Shape output = pads(input) ? tensor::Shape{input.front(), dimension} : tensor::Shape{dimension};
    if (pads(input)) lowering.mask = lowering.inputs[0];
    return lowering.graph.add("gather_rows", {lowering.inputs[0], lowering.weights[0]},
                              {.integers = {dimension, pads(input) ? 1 : 0}, .reshaped = output});
}

std::string onnx(OnnxLowering& lowering) {
    ir::OnnxGraph& graph = lowering.graph;
    const std::string index = graph.add("Cast", {lowering.x()}, {{"to", ir::onnxInt64}});
    const std::string rows = graph.add("Gather", {lowering.weight(0), index}, {{"axis", std::int64_t{0}}});
    if (pads(lowering.shape())) {
        lowering.mask = lowering.x();
        return rows;
    }
    return lowering.reshape(rows, {lowering.values.integer("dimension")});
}

std::string torch(TorchLowering& lowering) {
    const bool text = pads(lowering.shape());
    const std::string sizes = std::to_string(lowering.values.integer("entries")) + ", " +
                              std::to_string(lowering.values.integer("dimension"));
    const std::string rows =
        lowering.part("nn.Embedding(" + sizes + (text ? ", padding_idx=0)" : ")")) + "(" + lowering.x() + ".long())";
    if (text) lowering.mask = lowering.x();
    return text ? rows : rows + ".squeeze(1)";
}

std::int64_t rows(const base::ParamValues& values) { return values.integer("entries"); }

}  // namespace

const LayerType EmbeddingLayer{
    {"embedding",
     "Embedding",
     "Gives every word, user or category a row of learned numbers and looks it up: y = weight[x]. In a text, 0 is the "
     "padding behind its end; that row stays zero (Bengio et al. 2003).",
     {base::integerParam("entries", "Entries", "How many different numbers there are: 0 … entries − 1.", 1000, 1,
                         100'000'000),
      base::integerParam("dimension", "Dimension", "Length of a row.", 16, 1, 65536),
      base::kindParam("initializer", "Initializer", "How the first rows are drawn.",
                      {{"type", "normal"}, {"parameters", {{"deviation", 1}}}},
                      [] { return initializers::shelf().kinds(); })},
     "nn.Embedding; ONNX Gather"},
    "Sequence",
    {"lookup", "word vectors", "categories"},
    1,
    1,
    shape,
    weights,
    lower,
    onnx,
    torch,
    {{{{4}}, {{"entries", 5}, {"dimension", 3}}, {{3, 1, 4, 1}}}, {{{1}}, {{"entries", 3}, {"dimension", 2}}, {{2}}}},
    ValueOrder::Mixed,
    {},
    rows};

}  // namespace perceptory::layers
