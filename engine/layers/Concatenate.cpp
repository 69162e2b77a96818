// y = [x₁ | x₂ | …] along the last axis: {…, A}, {…, B} → {…, A + B}.

#include "engine/base/Text.h"
#include "engine/ir/Algebra.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    tensor::Shape joined = context.inputs.front();
    joined.back() = 0;
    for (const tensor::Shape& input : context.inputs) {
        tensor::Shape others = input;
        others.back() = joined.back();
        if (others != joined)
            return {
                base::sentence("Inputs that are joined may differ only in their last size, the channels, but they are "
                               "{0} and {1}.",
                               tensor::shapeText(context.inputs.front()), tensor::shapeText(input)),
                base::sentence("Bring them to one size first, or flatten them.")};
        joined.back() += input.back();
    }
    return joined;
}

ir::ValueId lower(Lowering& lowering) {
    ir::ValueId joined = lowering.inputs[0];
    for (std::size_t i = 1; i < lowering.inputs.size(); ++i)
        joined = ir::join(lowering.graph, joined, lowering.inputs[i], lowering.graph.value(joined).shape.size() - 1);
    return joined;
}

std::string onnx(OnnxLowering& lowering) {
    std::vector<std::string> parts;
    for (const OnnxValue& input : lowering.inputs) parts.push_back(input.name);
    return lowering.graph.add("Concat", std::move(parts), {{"axis", onnxLastAxis(lowering.shape())}});
}

std::string torch(TorchLowering& lowering) {
    std::string parts;
    for (const TorchValue& input : lowering.inputs) parts += (parts.empty() ? "" : ", ") + input.name;
    return "torch.cat([" + parts + "], dim=" + std::to_string(torchLastAxis(lowering.shape())) + ")";
}

}  // namespace

const LayerType ConcatenateLayer{{"concatenate",
                                  "Concatenate",
                                  "Puts its inputs side by side, y = [x₁, x₂, …] along the last axis, so that the next "
                                  "layer sees them all (Szegedy et al. 2015).",
                                  {},
                                  "torch.cat; ONNX Concat"},
                                 "Merge",
                                 {"concat", "join", "skip"},
                                 2,
                                 16,
                                 shape,
                                 nullptr,
                                 lower,
                                 onnx,
                                 torch,
                                 {{{{3}, {2}}}, {{{1}, {4}, {2}}}, {{{2, 3, 1}, {2, 3, 4}}}},
                                 ValueOrder::Mixed,
                                 {},
                                 nullptr,
                                 true};

}  // namespace perceptory::layers
