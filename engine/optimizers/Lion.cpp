#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Lion, V c = s0 + n[2] * (g - s0);
               w = w - n[0] * (where_(c > V(0), V(1), where_(c < V(0), V(-1), V(0))) + n[1] * w);
               s0 = s0 + n[3] * (g - s0);)
UPDATE_KERNELS(Lion, "lion")

#ifndef PERCEPTORY_KERNELS

extern const OptimizerType typeOfLion;
const OptimizerType typeOfLion{
    {"lion",
     "Lion",
     "c = beta1 · m + (1 − beta1) · g, w ← w − learning_rate · (sign c + weight_decay · w), m ← beta2 · m + (1 − "
     "beta2) "
     "· g (Chen et al. 2023). Every weight moves by the same amount; take a tenth to a third of Adam's rate.",
     {learningRateParam(0.0001), beta1Param(), beta2Param(0.99), weightDecayParam(0)},
     "a class of its own in the exported file"},
    1,
    [](const base::ParamValues& values, double learningRate, std::uint64_t) -> Numbers {
        return {learningRate, values.number("weight_decay"), 1 - values.number("beta1"), 1 - values.number("beta2")};
    }};

#endif

}  // namespace perceptory::optimizers
