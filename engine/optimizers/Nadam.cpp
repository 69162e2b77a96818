#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Nadam, V d = g + n[1] * w; s0 = s0 + n[2] * (d - s0); s1 = s1 + n[3] * (d * d - s1);
               w = w - n[0] * (n[5] * d + n[7] * s0) / (sqrt_(s1) * n[6] + n[4]);)
UPDATE_KERNELS(Nadam, "nadam")

#ifndef PERCEPTORY_KERNELS

namespace {

constexpr double warmUp = 0.96;  // of the momentum's warm-up (Dozat 2016)

double momentumAt(double beta1, double decay, double step) {
    return beta1 * (1 - 0.5 * std::pow(warmUp, step * decay));
}

// The product of momentumAt over the steps 1 … `step`, without a loop over them: with q = warmUp^decay,
// Σ log(1 − qᵏ/2) = −Σⱼ 2⁻ʲ/j · Σₖ qʲᵏ, and the inner sum is geometric.
double momentumProduct(double beta1, double decay, double step) {
    const double logOfQ = decay * std::log(warmUp);
    double sum = 0;
    for (int j = 1; j <= 60; ++j) {
        const double powers =
            decay == 0 ? step : std::exp(j * logOfQ) * std::expm1(j * step * logOfQ) / std::expm1(j * logOfQ);
        sum += std::ldexp(powers, -j) / j;
    }
    return std::exp(step * std::log(beta1) - sum);
}

}  // namespace

extern const OptimizerType typeOfNadam;
const OptimizerType typeOfNadam{
    {"nadam",
     "NAdam",
     "Adam with Nesterov's look ahead: the step mixes the gradient and the running mean, (1 − μₜ) · g / (1 − Πμ) + "
     "μₜ₊₁ "
     "· m / (1 − Πμ · μₜ₊₁), with μₜ = beta1 · (1 − ½ · 0.96^(t · momentum_decay)) (Dozat 2016).",
     {learningRateParam(0.002), beta1Param(), beta2Param(), epsilonParam(),
      base::numberParam("momentum_decay", "Momentum decay",
                        "How fast the momentum grows from half of beta 1 to all of it.", 0.004, 0, 10),
      weightDecayParam(0)},
     "optim.NAdam"},
    [](ir::TorchCode&, const base::ParamValues& values) {
        return torchAdam("NAdam", values, ", momentum_decay=" + numberOf(values, "momentum_decay"));
    },
    2,
    [](const base::ParamValues& values, double learningRate, std::uint64_t step) -> Numbers {
        const double beta1 = values.number("beta1"), beta2 = values.number("beta2");
        const double decay = values.number("momentum_decay"), t = static_cast<double>(step);
        const double now = momentumAt(beta1, decay, t), next = momentumAt(beta1, decay, t + 1);
        const double product = momentumProduct(beta1, decay, t);
        return {learningRate,
                values.number("weight_decay"),
                1 - beta1,
                1 - beta2,
                values.number("epsilon"),
                (1 - now) / (1 - product),
                1 / std::sqrt(1 - std::pow(beta2, t)),
                next / (1 - product * next)};
    }};

#endif

}  // namespace perceptory::optimizers
