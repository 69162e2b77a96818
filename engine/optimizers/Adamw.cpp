#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Adamw, w = w - n[0] * n[1] * w; s0 = s0 + n[2] * (g - s0); s1 = n[3] * s1 + n[7] * g * g;
               w = w - n[0] * n[5] * s0 / (sqrt_(s1) * n[6] + n[4]);)
UPDATE_KERNELS(Adamw, "adamw")

#ifndef PERCEPTORY_KERNELS

extern const OptimizerType typeOfAdamw;
const OptimizerType typeOfAdamw{
    {"adamw",
     "AdamW",
     "Adam, but weight decay shrinks the weights directly, w ← w · (1 − learning_rate · weight_decay), and does not go "
     "through the running means (Loshchilov, Hutter 2019).",
     {learningRateParam(0.001), beta1Param(), beta2Param(), epsilonParam(), weightDecayParam(0.01)},
     "optim.AdamW"},
    [](ir::TorchCode&, const base::ParamValues& values) { return torchAdam("AdamW", values); },
    2,
    adamNumbers};

#endif

}  // namespace perceptory::optimizers
