#include "engine/network/NetworkCost.h"

#include "engine/ir/Primitive.h"
#include "engine/network/Network.h"

namespace perceptory::network {

namespace {

// Along one axis of an image and its map.
struct Axis {
    std::int64_t image, map, kernel, stride, dilation, padding;  // in front
    bool isSingle() const { return image == 1 && map == 1 && kernel == 1; }
    std::int64_t reach() const { return dilation * (kernel - 1) + 1; }
};

// Vincent Dumoulin, Francesco Visin: "A guide to convolution arithmetic for deep learning" (2016). Behind the image
// there is as much padding as in front, or one more where the map would else be too small.
std::string slidingRule(const Axis& axis) {
    std::int64_t padding = 2 * axis.padding;
    if ((axis.image + padding - axis.reach()) / axis.stride + 1 < axis.map) ++padding;
    return "⌊(" + std::to_string(axis.image) + " + " + std::to_string(padding) + " − " + std::to_string(axis.reach()) +
           ") / " + std::to_string(axis.stride) + "⌋ + 1 = " + std::to_string(axis.map);
}

// A transposed one makes the image from the map.
std::string spreadingRule(const Axis& axis) {
    const std::int64_t padding = 2 * axis.padding,
                       more = axis.image - ((axis.map - 1) * axis.stride - padding + axis.reach());
    return "(" + std::to_string(axis.map) + " − 1) · " + std::to_string(axis.stride) + " − " + std::to_string(padding) +
           " + " + std::to_string(axis.reach()) + (more == 0 ? std::string() : " + " + std::to_string(more)) + " = " +
           std::to_string(axis.image);
}

std::optional<SizeRule> sizesOf(const ir::Operation& operation) {
    const tensor::Window& w = operation.window;
    const Axis height{w.height, w.mapHeight, w.kernelHeight, w.strideY, w.dilationY, w.padTop};
    const Axis width{w.width, w.mapWidth, w.kernelWidth, w.strideX, w.dilationX, w.padLeft};
    const std::string& id = operation.type->id;
    const bool spreads = id == "conv2d_input_gradient";
    if (!spreads && id != "conv2d" && id != "max_pool" && id != "average_pool") return {};
    const auto rule = [&](const Axis& axis) {
        return axis.isSingle() ? std::string() : spreads ? spreadingRule(axis) : slidingRule(axis);
    };
    return SizeRule{rule(height), rule(width)};
}

}  // namespace

std::map<std::string, NodeCost> costsOf(const NetworkCheck& check) {
    const Lowered lowered = Network(check).lower(false);
    std::map<std::string, NodeCost> costs;
    for (const ir::Operation& operation : lowered.graph.operations()) {
        const double done = operation.type->work ? operation.type->work(lowered.graph, operation, 1) : 0;
        std::optional<SizeRule> sizes = sizesOf(operation);
        if (done <= 0 && !sizes) continue;
        NodeCost& cost = costs[operation.node];
        cost.multiplyAdds += done;
        if (!cost.sizes) cost.sizes = std::move(sizes);
    }
    return costs;
}

}  // namespace perceptory::network
