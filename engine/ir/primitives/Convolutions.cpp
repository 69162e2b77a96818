#include "engine/ir/primitives/Convolutions.h"

namespace perceptory::ir {

tensor::Shape imageShape(const tensor::Window& window) { return {window.height, window.width, window.channels}; }

tensor::Shape mapShape(const tensor::Window& window) { return {window.mapHeight, window.mapWidth, window.mapChannels}; }

tensor::Shape pooledShape(const tensor::Window& window) {
    return {window.mapHeight / 2, window.mapWidth / 2, window.mapChannels};
}

ValueId swapChannels(Graph& graph, ValueId weights, const tensor::Window& window, std::int64_t lastChannels) {
    const std::int64_t first = window.channels + window.mapChannels - lastChannels;
    return graph.add("swap_axes", {weights},
                     {.integers = {window.taps(), first / window.groups, window.groups, lastChannels / window.groups},
                      .reshaped = {window.kernelHeight, window.kernelWidth, lastChannels / window.groups, first}});
}

ValueId sumOverPixels(Graph& graph, ValueId image) { return graph.add("sum_pixels", {image}); }

double convolutionWork(const Graph&, const Operation& operation, std::int64_t rows) {
    const tensor::Window& w = operation.window;
    return static_cast<double>(rows) * static_cast<double>(w.mapHeight * w.mapWidth * w.mapChannels) *
           static_cast<double>(w.taps() * (w.channels / w.groups));
}

double poolWork(const Graph&, const Operation& operation, std::int64_t rows) {
    const tensor::Window& w = operation.window;
    return static_cast<double>(rows) * static_cast<double>(w.mapHeight * w.mapWidth * w.mapChannels * w.taps());
}

}  // namespace perceptory::ir
