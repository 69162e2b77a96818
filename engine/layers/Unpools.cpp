#include "engine/layers/Unpools.h"

#include "engine/base/Text.h"
#include "engine/layers/Pools.h"

namespace perceptory::layers {

std::vector<base::ParamType> unpoolParams() {
    return {base::pairParam("size", "Size", "Height and width of the pool's window.", 2, 1, 4096),
            base::pairParam("stride", "Stride", "How far the pool's window moved; \"size\": as far as it is large.",
                            "size", 1, 4096, {"size"}),
            base::pairParam("padding", "Padding", "The pool's padding.", 0, 0, 4096),
            base::pairParam("output_padding", "Output padding",
                            "Rows and columns more than the smallest image that pools to this size.", 0, 0, 4096)};
}

tensor::Window unpoolWindow(const tensor::Shape& map, const base::ParamValues& values) {
    const auto size = values.pair("size"), step = poolStride(values), padding = values.pair("padding"),
               more = values.pair("output_padding");
    const auto length = [&](std::size_t axis) {
        return (map[axis] - 1) * step[axis] - 2 * padding[axis] + size[axis] + more[axis];
    };
    tensor::Window window = resizing({length(0), length(1), map[2]}, map);
    window.kernelHeight = size[0];
    window.kernelWidth = size[1];
    window.strideY = step[0];
    window.strideX = step[1];
    window.padTop = padding[0];
    window.padLeft = padding[1];
    return window;
}

ShapeResult unpoolShape(const LayerContext& context) {
    if (auto problem = needImage(context)) return *problem;
    for (const tensor::Shape& input : context.inputs)
        if (input != context.inputs.front())
            return {base::sentence("The pooled values and their places must have one shape, but they are {0} and {1}.",
                                   tensor::shapeText(context.inputs.front()), tensor::shapeText(input)),
                    base::sentence("Connect the indices of the pool that this layer turns round.")};
    const tensor::Window window = unpoolWindow(context.inputs.front(), context.values);
    if (window.height < 1 || window.width < 1)
        return {base::sentence("Nothing is left of the image with this padding."), base::sentence("Use less padding.")};
    return tensor::Shape{window.height, window.width, window.channels};
}

}  // namespace perceptory::layers
