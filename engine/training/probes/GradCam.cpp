// Where in an image a layer's channels speak for a class: relu(Σ_c α_c · a_c), α_c being the mean over the pixels of
// the slope of the score by channel c. Selvaraju et al. 2017. Values: [1, 1, H, W] of the layer. Facts: class, score,
// node.

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/training/probes/Attribution.h"

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

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const network::NodeCheck& layer = layerFor(context, settings.text("node"));
    const Question question = questionIn(context, settings);
    const std::string& id = layer.spec.id;
    const std::vector<float> slopes = context.forward.slopes(question.inputs, 1, question.node, question.unit, id);
    const std::vector<float> values = context.forward.outputs(question.inputs, 1, id);
    const auto channels = static_cast<std::size_t>(layer.output[2]), pixels = values.size() / channels;
    std::vector<double> shares(channels, 0);
    for (std::size_t i = 0; i < slopes.size(); ++i)
        shares[i % channels] += static_cast<double>(question.sign * slopes[i]) / static_cast<double>(pixels);
    ProbeResult result{{1, 1, layer.output[0], layer.output[1]},
                       {},
                       {{"class", question.classIndex}, {"score", question.score}, {"node", id}}};
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
        double sum = 0;
        for (std::size_t c = 0; c < channels; ++c) sum += shares[c] * static_cast<double>(values[pixel * channels + c]);
        result.values.push_back(static_cast<float>(std::max(0.0, sum)));
    }
    return result;
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = attributionParameters();
    all.push_back({.id = "node",
                   .label = "Layer",
                   .help = "Whose channels are weighed; empty: the last that puts out an image.",
                   .kind = base::ParamKind::Text,
                   .fallback = ""});
    return all;
}

}  // namespace

const ProbeType GradCamProbe{
    {"grad_cam", "Grad-CAM", "s = relu(Σ_c α_c · a_c) with α_c = mean of ∂score/∂a_c (Selvaraju et al. 2017).",
     parameters()},
    measure};

}  // namespace perceptory::training
