// The way back through conv2d from map to image, and the forward way of a transposed convolution:
//   x[pixel, i] = b[i] + Σ over every (p, tap) that reads this pixel, and o, of y[p, o] · v[tap, o, i]
// y: [N; H', W', O], v: [KH, KW, O/groups, C], b: [C] or none, x: [N; H, W, C].
//   dy = conv2d(dx, v with its channel axes swapped)   dv = swapped conv2d_weight_gradient(dx, y)   db = Σ dx

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = imageShape(operation.window), .batched = true}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId y = operation.inputs[0], v = operation.inputs[1], b = operation.inputs[2];
    const ValueId dx = gradients.of(operation.outputs[0]);
    Graph& graph = gradients.graph();
    const tensor::Window& window = operation.window;
    const Operation same{.window = window};
    if (gradients.wanted(v)) {
        const ValueId dw = graph.add("conv2d_weight_gradient", {dx, y}, same);
        gradients.add(v, swapChannels(graph, dw, window, window.mapChannels));
    }
    if (gradients.wanted(b)) gradients.add(b, sumOverPixels(graph, dx));
    if (gradients.wanted(y))
        gradients.add(y, graph.add("conv2d", {dx, swapChannels(graph, v, window, window.channels), none}, same));
}

}  // namespace

const PrimitiveType Conv2dInputGradientPrimitive{"conv2d_input_gradient", shapes, gradient, false, convolutionWork};

}  // namespace perceptory::ir
