// Cross-correlation of an image with a window of weights, as every framework calls convolution:
//   y[p, o] = b[o] + Σ_(tap, i) x[pixel of tap at p, i] · w[tap, i, o],  channels in `groups` that do not mix.
// x: [N; H, W, C], w: [KH, KW, C/groups, O], b: [O] or none, y: [N; H', W', O]; geometry in `window`.
//   dx = conv2d_input_gradient(dy, w with its channel axes swapped)   dw = conv2d_weight_gradient(x, dy)   db = Σ dy

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    return {{.shape = mapShape(operation.window), .batched = true}};
}

void gradient(Gradients& gradients, const Operation& operation) {
    const ValueId x = operation.inputs[0], w = operation.inputs[1], b = operation.inputs[2];
    const ValueId dy = gradients.of(operation.outputs[0]);
    Graph& graph = gradients.graph();
    const Operation same{.window = operation.window};
    if (gradients.wanted(w)) gradients.add(w, graph.add("conv2d_weight_gradient", {x, dy}, same));
    if (gradients.wanted(b)) gradients.add(b, sumOverPixels(graph, dy));
    if (gradients.wanted(x)) {
        const ValueId swapped = swapChannels(graph, w, operation.window, operation.window.mapChannels);
        gradients.add(x, graph.add("conv2d_input_gradient", {dy, swapped, none}, same));
    }
}

}  // namespace

const PrimitiveType Conv2dPrimitive{"conv2d", shapes, gradient, false, convolutionWork};

}  // namespace perceptory::ir
