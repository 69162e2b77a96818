#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Sgd, w = w - n[0] * (g + n[1] * w);)
UPDATE_KERNELS(Sgd, "sgd")

#ifndef PERCEPTORY_KERNELS

extern const OptimizerType typeOfSgd;
const OptimizerType typeOfSgd{
    {"sgd",
     "SGD",
     "w ← w − learning_rate · g. Plain gradient descent on one batch at a time (Robbins, Monro 1951).",
     {learningRateParam(0.01), weightDecayParam(0)},
     "optim.SGD"},
    [](ir::TorchCode&, const base::ParamValues& values) {
        return "torch.optim.SGD(groups, lr=" + numberOf(values, "learning_rate") +
               ", weight_decay=" + numberOf(values, "weight_decay") + ")";
    },
    0,
    [](const base::ParamValues& values, double learningRate, std::uint64_t) -> Numbers {
        return {learningRate, values.number("weight_decay")};
    }};

#endif

}  // namespace perceptory::optimizers
