// The same numbers in another shape.

#include <charconv>

#include "engine/base/Text.h"
#include "engine/ir/Algebra.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

// The numbers of a text such as "4 × 4 × 2" or "4, 4, -1".
tensor::Shape numbersOf(const std::string& text) {
    tensor::Shape numbers;
    for (const char* at = text.data(); at < text.data() + text.size();) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(at, text.data() + text.size(), number);
        if (error == std::errc()) numbers.push_back(number);
        at = std::max(at + 1, end);
    }
    return numbers;
}

ShapeResult shape(const LayerContext& context) {
    tensor::Shape wanted = numbersOf(context.values.text("shape"));
    const std::int64_t count = tensor::elementCount(context.inputs.front());
    const auto open = std::ranges::count(wanted, -1);
    const bool sound = !wanted.empty() && wanted.size() <= 3 && open <= 1 &&
                       std::ranges::all_of(wanted, [](std::int64_t n) { return n == -1 || (n >= 1 && n < 1 << 30); });
    if (!sound)
        return {base::sentence("\"{0}\" is no shape.", context.values.text("shape")),
                base::sentence("Write one to three sizes such as \"28×28×1\"; -1 stands for what is left.")};
    std::int64_t product = 1;  // never beyond count + 1
    for (const std::int64_t n : wanted)
        if (n != -1) product = n > count / product ? count + 1 : product * n;
    if (open == 1 && count % product == 0) {
        std::ranges::replace(wanted, -1, count / product);
        return wanted;
    }
    if (open == 0 && product == count) return wanted;
    return {base::sentence("{0} values cannot be put into a shape of {1}.", count, context.values.text("shape")),
            base::sentence("Choose sizes whose product is {0}.", count)};
}

ir::ValueId lower(Lowering& lowering) {
    const std::vector<tensor::Shape> inputs{lowering.graph.value(lowering.inputs[0]).shape};
    return ir::reshape(lowering.graph, lowering.inputs[0], *shape({inputs, lowering.values}).shape);
}

std::string onnx(OnnxLowering& lowering) {
    const std::vector<tensor::Shape> inputs{lowering.shape()};
    return onnxReshape(lowering.graph, lowering.inputs[0], *shape({inputs, lowering.values}).shape);
}

std::string torch(TorchLowering& lowering) { return torchReshape(lowering.inputs[0], lowering.output); }

}  // namespace

const LayerType ReshapeLayer{
    {"reshape",
     "Reshape",
     "Puts the same values, in their order, into another shape: a row into an image, an image into a sequence. y[i] = "
     "x[i], counted through (as NumPy has it, Harris et al. 2020).",
     {{.id = "shape",
       .label = "Shape",
       .help =
           "Sizes such as 28×28×1 (height, width, channels), or 32×16 (steps, features); -1 stands for what is left.",
       .kind = base::ParamKind::Text,
       .fallback = "-1"}},
     "torch.reshape; ONNX Reshape"},
    "Shape",
    {"view", "unflatten"},
    1,
    1,
    shape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{12}}, {{"shape", "2×3×2"}}}, {{{2, 3, 2}}, {{"shape", "4, -1"}}}},
    ValueOrder::Mixed,
    {},
    nullptr,
    true};

}  // namespace perceptory::layers
