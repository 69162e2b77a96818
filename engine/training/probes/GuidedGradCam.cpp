// Guided backprop where Grad-CAM finds the class: their product, Grad-CAM spread to the size of the image. Selvaraju et
// al. 2017.

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/training/probes/ClassActivation.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const tensor::Shape& image = context.dataset.inputShape;
    if (image.size() != 3)
        throw base::Error(base::sentence("Guided Grad-CAM shows places of an image, and these data have none."));
    const Question question = questionIn(context, settings);
    const ClassActivation where = classActivation(context, question, settings.text("node"));
    const std::vector<float> places = where.resized(image[0], image[1]);
    std::vector<float> slopes = question.slopes(context.forward, question.inputs, 1, true);
    const auto channels = static_cast<std::size_t>(image[2]);
    for (std::size_t i = 0; i < slopes.size(); ++i) slopes[i] *= places[i / channels];
    ProbeResult result = attributionResult(context, question, slopes);
    result.facts["node"] = where.node;
    return result;
}

}  // namespace

const ProbeType GuidedGradCamProbe{
    {"guided_grad_cam", "Guided Grad-CAM",
     "s = guided backprop · Grad-CAM, spread to the image (Selvaraju et al. 2017).", classActivationParameters()},
    measure};

}  // namespace perceptory::training
