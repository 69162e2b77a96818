// The slope of a class's score by every number of the sample, with only what speaks for the class passing backward
// through each ReLU: sharper than the gradient. Springenberg, Dosovitskiy, Brox, Riedmiller 2014.

#include "engine/training/probes/Attribution.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const Question question = questionIn(context, settings);
    return attributionResult(context, question, question.slopes(context.forward, question.inputs, 1, true));
}

}  // namespace

const ProbeType GuidedBackpropProbe{
    {"guided_backprop", "Guided backprop",
     "s = ∂score/∂x with max(0, ·) on the way back through each ReLU (Springenberg et al. 2014).",
     attributionParameters()},
    measure};

}  // namespace perceptory::training
