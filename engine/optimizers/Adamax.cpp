#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Adamax, V d = g + n[1] * w; s0 = s0 + n[2] * (d - s0); s1 = max_(n[3] * s1, abs_(d) + n[4]);
               w = w - n[0] * n[5] * s0 / s1;)
UPDATE_KERNELS(Adamax, "adamax")

#ifndef PERCEPTORY_KERNELS

extern const OptimizerType typeOfAdamax;
const OptimizerType typeOfAdamax{
    {"adamax",
     "Adamax",
     "Adam with the largest recent gradient in place of the root of squares: u ← max(beta2 · u, |g| + epsilon), w ← w "
     "− learning_rate / (1 − beta1ᵗ) · m / u (Kingma, Ba 2015, section 7).",
     {learningRateParam(0.002), beta1Param(), beta2Param(), epsilonParam(), weightDecayParam(0)},
     "optim.Adamax"},
    [](ir::TorchCode&, const base::ParamValues& values) { return torchAdam("Adamax", values); },
    2,
    adamNumbers};

#endif

}  // namespace perceptory::optimizers
