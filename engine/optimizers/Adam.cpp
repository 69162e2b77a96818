#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Adam, V d = g + n[1] * w; s0 = s0 + n[2] * (d - s0); s1 = n[3] * s1 + n[7] * d * d;
               w = w - n[0] * n[5] * s0 / (sqrt_(s1) * n[6] + n[4]);)
UPDATE_KERNELS(Adam, "adam")

#ifndef PERCEPTORY_KERNELS

extern const OptimizerType typeOfAdam;
const OptimizerType typeOfAdam{
    {"adam",
     "Adam",
     "m ← beta1 · m + (1 − beta1) · g, v ← beta2 · v + (1 − beta2) · g²; both divided by 1 − betaᵗ; w ← w − "
     "learning_rate · m / (√v + epsilon) (Kingma, Ba 2015). Works well with little tuning.",
     {learningRateParam(0.001), beta1Param(), beta2Param(), epsilonParam(), weightDecayParam(0)},
     "optim.Adam"},
    [](ir::TorchCode&, const base::ParamValues& values) { return torchAdam("Adam", values); },
    2,
    adamNumbers};

#endif

}  // namespace perceptory::optimizers
