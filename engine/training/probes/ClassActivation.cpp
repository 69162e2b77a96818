#include "engine/training/probes/ClassActivation.h"

#include <algorithm>
#include <cmath>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::training {

namespace {

// The last that puts out an image, where none is named.
const network::NodeCheck& layerFor(const ProbeContext& context, const std::string& wanted) {
    const network::NodeCheck* found = nullptr;
    for (const network::NodeCheck& node : context.network.nodes())
        if (node.output.size() == 3 && node.spec.type != "input" && (wanted.empty() || node.spec.id == wanted))
            found = &node;
    if (found) return *found;
    throw base::Error(wanted.empty()
                          ? base::sentence("No layer puts out an image. Grad-CAM needs a convolutional network.")
                          : base::sentence("\"{0}\" puts out no image. Choose a convolution or a pool.", wanted));
}

// Two neighbours of a place and the share of the second.
struct Between {
    std::size_t first, second;
    double share;
};

Between between(std::int64_t place, std::int64_t from, std::int64_t to) {
    const double length = static_cast<double>(from);
    const double at = (static_cast<double>(place) + 0.5) * length / static_cast<double>(to) - 0.5;
    const double inside = std::clamp(at, 0.0, length - 1), first = std::floor(inside);
    return {static_cast<std::size_t>(first), static_cast<std::size_t>(std::min(first + 1, length - 1)), inside - first};
}

}  // namespace

std::vector<float> ClassActivation::resized(std::int64_t toHeight, std::int64_t toWidth) const {
    std::vector<float> result;
    const auto at = [&](std::size_t y, std::size_t x) {
        return static_cast<double>(values[y * static_cast<std::size_t>(width) + x]);
    };
    for (std::int64_t y = 0; y < toHeight; ++y) {
        const Between rows = between(y, height, toHeight);
        for (std::int64_t x = 0; x < toWidth; ++x) {
            const Between columns = between(x, width, toWidth);
            const auto along = [&](std::size_t row) {
                return std::lerp(at(row, columns.first), at(row, columns.second), columns.share);
            };
            result.push_back(static_cast<float>(std::lerp(along(rows.first), along(rows.second), rows.share)));
        }
    }
    return result;
}

std::vector<base::ParamType> classActivationParameters() {
    std::vector<base::ParamType> all = attributionParameters();
    all.push_back({.id = "node",
                   .label = "Layer",
                   .help = "Whose channels are weighed; empty: the last that puts out an image.",
                   .kind = base::ParamKind::Text,
                   .fallback = ""});
    return all;
}

ClassActivation classActivation(const ProbeContext& context, const Question& question, const std::string& node) {
    const network::NodeCheck& layer = layerFor(context, node);
    const std::string& id = layer.spec.id;
    const std::vector<float> slopes =
        context.forward.slopes(question.inputs, 1, {.node = question.node, .unit = question.unit, .by = id});
    const std::vector<float> outputs = context.forward.outputs(question.inputs, 1, id);
    const auto channels = static_cast<std::size_t>(layer.output[2]), pixels = outputs.size() / channels;
    std::vector<double> shares(channels, 0);
    for (std::size_t i = 0; i < slopes.size(); ++i)
        shares[i % channels] += static_cast<double>(question.sign * slopes[i]) / static_cast<double>(pixels);
    ClassActivation result{id, layer.output[0], layer.output[1], {}};
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
        double sum = 0;
        for (std::size_t c = 0; c < channels; ++c)
            sum += shares[c] * static_cast<double>(outputs[pixel * channels + c]);
        result.values.push_back(static_cast<float>(std::max(0.0, sum)));
    }
    return result;
}

}  // namespace perceptory::training
