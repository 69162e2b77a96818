// y = [x₁ | x₂ | …] for rows of numbers: {A}, {B} → {A + B}.

#include "engine/base/Text.h"
#include "engine/layers/Layer.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    std::int64_t columns = 0;
    for (const tensor::Shape& input : context.inputs) {
        if (input.size() != 1)
            return {
                base::sentence("A concatenate layer joins rows of numbers, but it gets {0}.", tensor::shapeText(input)),
                base::sentence("Insert a flatten layer before it.")};
        columns += input.front();
    }
    return tensor::Shape{columns};
}

ir::ValueId lower(Lowering& lowering) {
    ir::ValueId joined = lowering.inputs[0];
    for (std::size_t i = 1; i < lowering.inputs.size(); ++i)
        joined = lowering.graph.add("concatenate", {joined, lowering.inputs[i]});
    return joined;
}

}  // namespace

const LayerType ConcatenateLayer{
    {"concatenate", "Concatenate", "Puts its inputs side by side, so that the next layer sees them all.", {}},
    "Merge",
    {"concat", "join", "skip"},
    2,
    16,
    shape,
    nullptr,
    lower,
    {{{{3}, {2}}}, {{{1}, {4}, {2}}}}};

}  // namespace perceptory::layers
