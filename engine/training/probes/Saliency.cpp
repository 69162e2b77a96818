// The slope of a class's score by every number of the sample: what a little more of it would change. Simonyan, Vedaldi,
// Zisserman 2014.

#include "engine/training/probes/Attribution.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const Question question = questionIn(context, settings);
    std::vector<float> slopes = question.slopes(context.forward, question.inputs, 1);
    if (settings.flag("times_input"))
        for (std::size_t i = 0; i < slopes.size(); ++i) slopes[i] *= question.inputs[i];
    return attributionResult(context, question, slopes);
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = attributionParameters();
    all.push_back(base::switchParam("times_input", "Times the input",
                                    "The slope times the number it belongs to (Shrikumar et al. 2017).", false));
    return all;
}

}  // namespace

const ProbeType SaliencyProbe{
    {"saliency", "Saliency", "s = ∂score/∂x: what a little more of each number would change.", parameters()}, measure};

}  // namespace perceptory::training
