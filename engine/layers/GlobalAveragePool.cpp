// y_c = mean over all pixels or steps of x[…, c].

#include "engine/layers/SlidingWindows.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    const tensor::Shape& input = context.inputs.front();
    if (input.size() < 2)
        return {base::sentence("This layer needs an image or a sequence, but it gets {0}.", tensor::shapeText(input)),
                base::sentence("Remove it.")};
    return tensor::Shape{input.back()};
}

ir::ValueId lower(Lowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const tensor::Shape input = graph.value(lowering.inputs[0]).shape;
    const tensor::Window window = wholeWindow(input);
    const ir::ValueId map = graph.add("average_pool", {lowering.inputs[0]}, {.window = window});
    return graph.add("reshape", {map}, {.reshaped = {window.channels}});
}

}  // namespace

const LayerType GlobalAveragePoolLayer{{"global_average_pool",
                                        "Global average pooling",
                                        "The mean of each channel over all pixels: {H, W, C} becomes {C}. Ends a "
                                        "convolutional network without a large dense layer (Lin, Chen, Yan 2014).",
                                        {}},
                                       "Pooling",
                                       {"gap", "mean over time"},
                                       1,
                                       1,
                                       shape,
                                       nullptr,
                                       lower,
                                       {{{{3, 4, 2}}}, {{{5, 3}}}}};

}  // namespace perceptory::layers
