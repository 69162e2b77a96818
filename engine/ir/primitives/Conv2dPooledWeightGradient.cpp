// conv2d_weight_gradient of what max_pool_gradient makes for a 2×2 pool; `window` is the convolution's.
// Inputs: image, winners, dpooled [N; H'/2, W'/2, O]; out: dw, and room for the kernel's sums.

#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    const tensor::Window& w = operation.window;
    const std::int64_t row = (w.kernelWidth * w.channels + 15) / 16 * 16;
    return {{.shape = {w.kernelHeight, w.kernelWidth, w.channels, w.mapChannels}},
            {.shape = {w.mapChannels, w.kernelHeight * row}}};
}

// A quarter of the products at most: the others are zero.
double work(const Graph& graph, const Operation& operation, std::int64_t rows) {
    return convolutionWork(graph, operation, rows) / 4;
}

}  // namespace

const PrimitiveType Conv2dPooledWeightGradientPrimitive{"conv2d_pooled_weight_gradient", shapes, nullptr, false, work};

}  // namespace perceptory::ir
