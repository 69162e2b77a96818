// The axes of every sample in another order: with "2, 1", y[b, a] = x[a, b].

#include <algorithm>
#include <numeric>

#include "engine/base/Text.h"
#include "engine/ir/Algebra.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

// Axes counted from 0; empty when the text does not name each of `axes` axes once.
std::vector<std::size_t> orderOf(const std::string& text, std::size_t axes) {
    std::vector<std::size_t> order, sorted;
    for (const char c : text)
        if (c >= '1' && c <= '9') order.push_back(static_cast<std::size_t>(c - '1'));
    sorted = order;
    std::ranges::sort(sorted);
    for (std::size_t i = 0; i < sorted.size(); ++i)
        if (sorted[i] != i) return {};
    return order.size() == axes ? order : std::vector<std::size_t>{};
}

ShapeResult shape(const LayerContext& context) {
    const tensor::Shape& input = context.inputs.front();
    const std::vector<std::size_t> order = orderOf(context.values.text("order"), input.size());
    if (order.empty())
        return {
            base::sentence("\"{0}\" does not name each of {1} axes once.", context.values.text("order"), input.size()),
            base::sentence("Write the axes in their new order, such as \"2, 1\".")};
    tensor::Shape permuted;
    for (const std::size_t axis : order) permuted.push_back(input[axis]);
    return permuted;
}

ir::ValueId lower(Lowering& lowering) {
    const std::size_t axes = lowering.graph.value(lowering.inputs[0]).shape.size();
    return ir::permute(lowering.graph, lowering.inputs[0], orderOf(lowering.values.text("order"), axes));
}

// Which axis stands where, where an image is [N, C, H, W].
std::vector<std::int64_t> permutedAxes(std::size_t count, const std::string& text) {
    // Axes of a sample as the engine counts them, in the order in which the others have them.
    tensor::Shape axes(count);
    std::iota(axes.begin(), axes.end(), 0);
    axes = onnxShape(axes);
    const std::vector<std::size_t> order = orderOf(text, axes.size());
    std::vector<std::int64_t> permuted{0};
    for (const std::int64_t axis : axes) {
        const auto from = static_cast<std::int64_t>(order[static_cast<std::size_t>(axis)]);
        permuted.push_back(1 + (std::ranges::find(axes, from) - axes.begin()));
    }
    return permuted;
}

std::string onnx(OnnxLowering& lowering) {
    return lowering.transpose(lowering.x(), permutedAxes(lowering.shape().size(), lowering.values.text("order")));
}

std::string torch(TorchLowering& lowering) {
    return lowering.x() + ".permute" +
           ir::pythonTuple(permutedAxes(lowering.shape().size(), lowering.values.text("order")));
}

}  // namespace

const LayerType PermuteLayer{{"permute",
                              "Permute",
                              "Exchanges axes: steps and features of a sequence, or height, width and channels. With "
                              "\"2, 1\": y[b, a] = x[a, b] (as NumPy has it, Harris et al. 2020).",
                              {{.id = "order",
                                .label = "Order",
                                .help = "Which axis comes first, second, third; the axes of the input are 1, 2, 3.",
                                .kind = base::ParamKind::Text,
                                .fallback = "2, 1"}},
                              "torch.permute; ONNX Transpose"},
                             "Shape",
                             {"transpose", "swap axes"},
                             1,
                             1,
                             shape,
                             nullptr,
                             lower,
                             onnx,
                             torch,
                             {{{{2, 3}}}, {{{2, 3, 4}}, {{"order", "3, 1, 2"}}}, {{{2, 3, 4}}, {{"order", "2, 1, 3"}}}},
                             ValueOrder::Mixed,
                             {},
                             nullptr,
                             true};

}  // namespace perceptory::layers
