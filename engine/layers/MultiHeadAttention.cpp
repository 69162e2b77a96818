// For every head: y = softmax(q·kᵀ / √d) · v, q, k, v being linear in the inputs; the heads side by side go through one
// more linear map. Vaswani et al. 2017; weights as PyTorch's MultiheadAttention. x: [N; T, E]; with two inputs, queries
// come from the first, keys and values from the second. Steps that are padding are no keys.

#include <cmath>

#include "engine/base/Text.h"
#include "engine/ir/Algebra.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    const tensor::Shape& queries = context.inputs.front();
    const std::int64_t heads = context.values.integer("heads");
    for (const tensor::Shape& input : context.inputs)
        if (input.size() != 2 || input.back() != queries.back())
            return {base::sentence(
                        "Attention needs sequences (steps × features) of equally many features, but it gets {0}.",
                        tensor::shapeText(input)),
                    base::sentence("Connect it to sequences, such as those of an embedding.")};
    if (queries.back() % heads != 0)
        return {base::sentence("{0} heads do not divide {1} features.", heads, queries.back()),
                base::sentence("Choose a number of heads that divides them.")};
    return queries;
}

std::vector<WeightSpec> weights(const LayerContext& context) {
    const std::int64_t e = context.inputs.front().back();
    return {{"in_proj_weight", {e, 3 * e}, e, 3 * e, {"xavier_uniform"}, {}, {1, 0}},
            {"in_proj_bias", {3 * e}, e, 3 * e, {"zeros"}},
            {"out_proj.weight", {e, e}, e, e, {"torch_default"}, {}, {1, 0}},
            {"out_proj.bias", {e}, e, e, {"zeros"}}};
}

// Part `part` of the three maps applied to x, its heads as an axis of their own: {heads, T, d}.
ir::ValueId project(Lowering& lowering, ir::ValueId x, std::int64_t part) {
    ir::Graph& graph = lowering.graph;
    const std::int64_t steps = graph.value(x).shape[0], e = graph.value(x).shape[1];
    const std::int64_t heads = lowering.values.integer("heads");
    const ir::ValueId w = ir::cut(graph, lowering.weights[0], 1, part * e, e);
    const ir::ValueId b = ir::cut(graph, lowering.weights[1], 0, part * e, e);
    const ir::ValueId y = graph.add("matrix_product", {x, w, b});
    return ir::permute(graph, ir::reshape(graph, y, {steps, heads, e / heads}), {1, 0, 2});
}

// −∞ where a query would see a later key.
std::vector<double> causalMask(std::int64_t queries, std::int64_t keys) {
    std::vector<double> mask;
    for (std::int64_t q = 0; q < queries; ++q)
        for (std::int64_t k = 0; k < keys; ++k) mask.push_back(k > q ? -1e30 : 0);
    return mask;
}

// −∞ where a key is padding.
ir::ValueId paddingMask(ir::Graph& graph, ir::ValueId mask) {
    return ir::affine(graph, ir::apply(graph, "is_zero", mask), -1e30, 0);
}

ir::ValueId lower(Lowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const ir::ValueId from = lowering.inputs[0], seen = lowering.inputs.back();
    const std::int64_t t = graph.value(from).shape[0], s = graph.value(seen).shape[0], e = graph.value(from).shape[1];
    const std::int64_t heads = lowering.values.integer("heads"), d = e / heads;
    const ir::ValueId q = ir::affine(graph, project(lowering, from, 0), 1 / std::sqrt(static_cast<double>(d)), 0);
    const ir::ValueId k = project(lowering, seen, 1), v = project(lowering, seen, 2);
    ir::ValueId scores = graph.add("batched_product", {q, k}, {.integers = {t, d, s}, .reshaped = {heads, t, s}});
    if (lowering.values.flag("causal"))
        scores = ir::scaleShift(graph, scores, ir::none, graph.constant({t, s}, causalMask(t, s)), t * s);
    if (!lowering.inputMasks.empty() && lowering.inputMasks.back() != ir::none)
        scores = ir::scaleShift(graph, scores, ir::none, paddingMask(graph, lowering.inputMasks.back()), s);
    const ir::ValueId shares = graph.add("softmax", {scores}, {.integers = {s}});
    const ir::ValueId y =
        graph.add("batched_product", {shares, v}, {.integers = {t, s, d, 1}, .reshaped = {heads, t, d}});
    const ir::ValueId joined = ir::reshape(graph, ir::permute(graph, y, {1, 0, 2}), {t, e});
    return graph.add("matrix_product", {joined, lowering.weights[2], lowering.weights[3]});
}

// The same in ONNX's operators: [N, T, heads, d] with its axes in this order.
std::string onnxProject(OnnxLowering& lowering, const OnnxValue& x, std::int64_t part,
                        std::vector<std::int64_t> order) {
    ir::OnnxGraph& graph = lowering.graph;
    const std::int64_t e = x.shape[1], heads = lowering.values.integer("heads");
    const std::vector<float> all = lowering.numbers(0), biases = lowering.numbers(1);
    std::vector<float> weight;
    for (std::int64_t in = 0; in < e; ++in)
        for (std::int64_t out = 0; out < e; ++out)
            weight.push_back(all[static_cast<std::size_t>((part * e + out) * e + in)]);
    const auto first = biases.begin() + part * e;
    const std::string product = graph.add("MatMul", {x.name, graph.constant({e, e}, std::move(weight))});
    const std::string y = graph.add("Add", {product, graph.constant({e}, std::vector<float>(first, first + e))});
    return lowering.transpose(lowering.reshape(y, {x.shape[0], heads, e / heads}), std::move(order));
}

std::string onnx(OnnxLowering& lowering) {
    ir::OnnxGraph& graph = lowering.graph;
    const std::int64_t t = lowering.shape()[0], e = lowering.shape()[1], s = lowering.inputs.back().shape[0];
    const std::int64_t d = e / lowering.values.integer("heads");
    const std::string q = graph.add("Mul", {onnxProject(lowering, lowering.inputs[0], 0, {0, 2, 1, 3}),
                                            graph.number(1 / std::sqrt(static_cast<double>(d)))});
    const std::string k = onnxProject(lowering, lowering.inputs.back(), 1, {0, 2, 3, 1});
    std::string scores = graph.add("MatMul", {q, k});
    if (lowering.values.flag("causal")) {
        const std::vector<double> mask = causalMask(t, s);
        scores = graph.add("Add", {scores, graph.constant({t, s}, std::vector<float>(mask.begin(), mask.end()))});
    }
    if (const std::string& mask = lowering.inputs.back().mask; !mask.empty()) {
        const std::string padding = graph.add("Equal", {mask, graph.number(0)});
        const std::string hidden = graph.add("Where", {padding, graph.number(-1e30), graph.number(0)});
        scores = graph.add("Add", {scores, lowering.reshape(hidden, {1, 1, s})});
    }
    const std::string shares = graph.add("Softmax", {scores}, {{"axis", std::int64_t{-1}}});
    const std::string heads =
        graph.add("MatMul", {shares, onnxProject(lowering, lowering.inputs.back(), 2, {0, 2, 1, 3})});
    const std::string joined = lowering.reshape(lowering.transpose(heads, {0, 2, 1, 3}), {t, e});
    return graph.add("Add", {graph.add("MatMul", {joined, lowering.transposedWeight(2)}), lowering.weight(3)});
}

std::string torch(TorchLowering& lowering) {
    const std::string self = lowering.part("nn.MultiheadAttention(" + std::to_string(lowering.shape()[1]) + ", " +
                                           std::to_string(lowering.values.integer("heads")) + ", batch_first=True)");
    const TorchValue& seen = lowering.inputs.back();
    std::string call = self + "(" + lowering.x() + ", " + seen.name + ", " + seen.name + ", need_weights=False";
    // A large number and no -inf: where all is hidden, every step counts alike.
    if (!seen.mask.empty()) call += ", key_padding_mask=(" + seen.mask + " == 0) * -1e30";
    if (lowering.values.flag("causal"))
        call += ", attn_mask=" +
                lowering.buffer("later", "torch.full(" + ir::pythonTuple({lowering.shape()[0], seen.shape[0]}) +
                                             ", -1e30).triu(1)");
    return call + ")[0]";
}

}  // namespace

const LayerType MultiHeadAttentionLayer{
    {"multi_head_attention",
     "Multi-head attention",
     "Every step of a sequence gathers from all steps what matches its query: y = softmax(q·kᵀ / √d) · v in several "
     "heads (Vaswani et al. 2017). With a second input, it looks at that one. Padding behind the end of a text is not "
     "seen.",
     {base::integerParam("heads", "Heads", "How many searches run side by side.", 1, 1, 1024),
      base::switchParam("causal", "Causal", "A step sees only itself and those before it.", false)},
     "nn.MultiheadAttention; ONNX MatMul, Softmax, MatMul"},
    "Sequence",
    {"transformer", "self-attention", "mha"},
    1,
    2,
    shape,
    weights,
    lower,
    onnx,
    torch,
    {{{{3, 4}}, {{"heads", 2}}}, {{{2, 3}, {4, 3}}}, {{{3, 2}}, {{"causal", true}}}}};

}  // namespace perceptory::layers
