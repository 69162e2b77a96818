#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Amsgrad, V d = g + n[1] * w; s0 = s0 + n[2] * (d - s0); s1 = n[3] * s1 + n[7] * d * d; s2 = max_(s2, s1);
               w = w - n[0] * n[5] * s0 / (sqrt_(s2) * n[6] + n[4]);)
UPDATE_KERNELS(Amsgrad, "amsgrad")

#ifndef PERCEPTORY_KERNELS

extern const OptimizerType typeOfAmsgrad;
const OptimizerType typeOfAmsgrad{
    {"amsgrad",
     "AMSGrad",
     "Adam that divides by the largest v so far instead of the latest: u ← max(u, v), w ← w − learning_rate · m / (√u "
     "+ epsilon), so that rare large gradients are not forgotten (Reddi, Kale, Kumar 2018).",
     {learningRateParam(0.001), beta1Param(), beta2Param(), epsilonParam(), weightDecayParam(0)},
     "optim.Adam(amsgrad=True)"},
    [](ir::TorchCode&, const base::ParamValues& values) { return torchAdam("Adam", values, ", amsgrad=True"); },
    3,
    adamNumbers};

#endif

}  // namespace perceptory::optimizers
