#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Radam, V d = g + n[1] * w; s0 = s0 + n[2] * (d - s0); s1 = s1 + n[3] * (d * d - s1);
               w = w - n[0] * n[5] * s0 * where_(n[6] > V(0), n[6] / (sqrt_(s1) + n[4]), V(1));)
UPDATE_KERNELS(Radam, "radam")

#ifndef PERCEPTORY_KERNELS

namespace {

// The rectification times √(1 − beta2ᵗ); 0 while the variance cannot be told yet.
double rectification(double beta2, double step) {
    const double rest = 1 - std::pow(beta2, step);
    const double longest = 2 / (1 - beta2) - 1;
    const double length = longest - 2 * step * (1 - rest) / rest;
    if (length <= 5) return 0;
    return std::sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)) *
           std::sqrt(rest);
}

}  // namespace

extern const OptimizerType typeOfRadam;
const OptimizerType typeOfRadam{
    {"radam",
     "RAdam",
     "Adam whose first steps are plain momentum, until enough gradients were seen to trust their mean square; then its "
     "steps grow by the rectification rₜ: w ← w − learning_rate · rₜ · m / (√v + epsilon) (Liu et al. 2020). Needs no "
     "warm-up.",
     {learningRateParam(0.001), beta1Param(), beta2Param(), epsilonParam(), weightDecayParam(0)},
     "optim.RAdam"},
    [](ir::TorchCode&, const base::ParamValues& values) { return torchAdam("RAdam", values); },
    2,
    [](const base::ParamValues& values, double learningRate, std::uint64_t step) -> Numbers {
        const double beta1 = values.number("beta1"), beta2 = values.number("beta2"), t = static_cast<double>(step);
        return {learningRate,
                values.number("weight_decay"),
                1 - beta1,
                1 - beta2,
                values.number("epsilon"),
                1 / (1 - std::pow(beta1, t)),
                rectification(beta2, t)};
    }};

#endif

}  // namespace perceptory::optimizers
