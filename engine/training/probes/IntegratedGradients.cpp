// What each number of a sample adds to the score on the way from all zeros to it; the shares add up to the difference
// of the scores. Sundararajan, Taly, Yan 2017. Facts: sum, difference.

#include <numeric>

#include "engine/training/probes/Attribution.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const Question question = questionIn(context, settings);
    const std::vector<float> shares = integratedGradients(context.forward, question, settings.integer("steps"));
    ProbeResult result = attributionResult(context, question, shares);
    const std::vector<float> nothing(question.inputs.size(), 0.0f);
    result.facts["sum"] = std::accumulate(shares.begin(), shares.end(), 0.0);
    result.facts["difference"] = question.score - question.scoreOf(context.forward, nothing);
    return result;
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = attributionParameters();
    all.push_back(base::integerParam("steps", "Steps", "On the way from zero to the sample.", 50, 1, 1000));
    return all;
}

}  // namespace

const ProbeType IntegratedGradientsProbe{
    {"integrated_gradients", "Integrated gradients",
     "s = x · mean of ∂score/∂x on the way from 0 to x (Sundararajan et al. 2017).", parameters()},
    measure};

}  // namespace perceptory::training
