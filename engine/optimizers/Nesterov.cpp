#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Nesterov, V d = g + n[1] * w; s0 = n[2] * s0 + d; w = w - n[0] * (d + n[2] * s0);)
UPDATE_KERNELS(Nesterov, "nesterov")

#ifndef PERCEPTORY_KERNELS

extern const OptimizerType typeOfNesterov;
const OptimizerType typeOfNesterov{{"nesterov",
                                    "Nesterov momentum",
                                    "v ← momentum · v + g, w ← w − learning_rate · (g + momentum · v). Momentum that "
                                    "looks one step ahead (Nesterov 1983; this form Sutskever et al. 2013).",
                                    {learningRateParam(0.01), momentumParam(), weightDecayParam(0)},
                                    "optim.SGD(momentum, nesterov=True)"},
                                   [](ir::TorchCode&, const base::ParamValues& values) {
                                       return "torch.optim.SGD(groups, lr=" + numberOf(values, "learning_rate") +
                                              ", momentum=" + numberOf(values, "momentum") +
                                              (values.number("momentum") > 0 ? ", nesterov=True" : "") +
                                              ", weight_decay=" + numberOf(values, "weight_decay") + ")";
                                   },
                                   1,
                                   [](const base::ParamValues& values, double learningRate, std::uint64_t) -> Numbers {
                                       return {learningRate, values.number("weight_decay"), values.number("momentum")};
                                   }};

#endif

}  // namespace perceptory::optimizers
