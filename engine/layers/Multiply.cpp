// y = x₁ · x₂ · …, equal shapes.

#include "engine/layers/Layer.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    for (const tensor::Shape& input : context.inputs)
        if (input != context.inputs.front())
            return {base::sentence("All inputs of a multiply layer must have one shape, but it gets {0} and {1}.",
                                   tensor::shapeText(context.inputs.front()), tensor::shapeText(input)),
                    base::sentence("Give the layers before it the same number of units.")};
    return context.inputs.front();
}

ir::ValueId lower(Lowering& lowering) {
    ir::ValueId product = lowering.inputs[0];
    for (std::size_t i = 1; i < lowering.inputs.size(); ++i)
        product = lowering.graph.add("multiply", {product, lowering.inputs[i]});
    return product;
}

}  // namespace

const LayerType MultiplyLayer{
    {"multiply", "Multiply", "Multiplies its inputs value by value: one input gates the other.", {}},
    "Merge",
    {"product", "gate", "hadamard"},
    2,
    16,
    shape,
    nullptr,
    lower,
    {{{{3}, {3}}}, {{{2, 2, 1}, {2, 2, 1}, {2, 2, 1}}}}};

}  // namespace perceptory::layers
