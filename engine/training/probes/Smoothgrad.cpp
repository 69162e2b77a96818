// The mean of the slopes around a sample, which is calmer than the slope at it. Smilkov et al. 2017.

#include <algorithm>

#include "engine/base/Random.h"
#include "engine/training/probes/Attribution.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const Question question = questionIn(context, settings);
    const auto [low, high] = std::ranges::minmax(question.inputs);
    const double deviation = settings.number("noise") * static_cast<double>(high - low);
    base::RandomStream random(static_cast<std::uint64_t>(settings.integer("seed")), base::stableHash("smoothgrad"));
    std::vector<float> noise(static_cast<std::size_t>(settings.integer("samples")) * question.inputs.size());
    for (float& one : noise) one = static_cast<float>(deviation * random.normal());
    return attributionResult(context, question, smoothGradient(context.forward, question, noise));
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = attributionParameters();
    all.push_back(base::integerParam("samples", "Samples", "How many noisy copies are asked about.", 25, 1, 1000));
    all.push_back(
        base::numberParam("noise", "Noise", "Deviation of the noise, as a share of the sample's range.", 0.15, 0, 10));
    all.push_back(base::integerParam("seed", "Seed", "The same noise each time.", 1, 0, 1'000'000'000));
    return all;
}

}  // namespace

const ProbeType SmoothgradProbe{
    {"smoothgrad", "SmoothGrad", "s = mean of ∂score/∂x at x + noise (Smilkov et al. 2017).", parameters()}, measure};

}  // namespace perceptory::training
