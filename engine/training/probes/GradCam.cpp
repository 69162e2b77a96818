// Where in an image a layer's channels speak for a class. Values: [1, 1, H, W] of the layer. Facts: class, score, node.

#include "engine/training/probes/ClassActivation.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const Question question = questionIn(context, settings);
    ClassActivation found = classActivation(context, question, settings.text("node"));
    return {{1, 1, found.height, found.width},
            std::move(found.values),
            {{"class", question.classIndex}, {"score", question.score}, {"node", found.node}}};
}

}  // namespace

const ProbeType GradCamProbe{
    {"grad_cam", "Grad-CAM", "s = relu(Σ_c α_c · a_c) with α_c = mean of ∂score/∂a_c (Selvaraju et al. 2017).",
     classActivationParameters()},
    measure};

}  // namespace perceptory::training
