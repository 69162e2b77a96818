#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Momentum, s0 = n[2] * s0 + (g + n[1] * w); w = w - n[0] * s0;)
UPDATE_KERNELS(Momentum, "momentum")

#ifndef PERCEPTORY_KERNELS

extern const OptimizerType typeOfMomentum;
const OptimizerType typeOfMomentum{{"momentum",
                                    "Momentum",
                                    "v ← momentum · v + g, w ← w − learning_rate · v. Keeps rolling through flat "
                                    "places and damps zigzags (Polyak 1964).",
                                    {learningRateParam(0.01), momentumParam(), weightDecayParam(0)},
                                    "optim.SGD(momentum)"},
                                   [](ir::TorchCode&, const base::ParamValues& values) {
                                       return "torch.optim.SGD(groups, lr=" + numberOf(values, "learning_rate") +
                                              ", momentum=" + numberOf(values, "momentum") +
                                              ", weight_decay=" + numberOf(values, "weight_decay") + ")";
                                   },
                                   1,
                                   [](const base::ParamValues& values, double learningRate, std::uint64_t) -> Numbers {
                                       return {learningRate, values.number("weight_decay"), values.number("momentum")};
                                   }};

#endif

}  // namespace perceptory::optimizers
