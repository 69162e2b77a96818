#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Adadelta, V d = g + n[1] * w; s0 = s0 + n[2] * (d * d - s0);
               V step = d * sqrt_(s1 + n[3]) / sqrt_(s0 + n[3]); s1 = s1 + n[2] * (step * step - s1);
               w = w - n[0] * step;)
UPDATE_KERNELS(Adadelta, "adadelta")

#ifndef PERCEPTORY_KERNELS

extern const OptimizerType typeOfAdadelta;
const OptimizerType typeOfAdadelta{
    {"adadelta",
     "Adadelta",
     "s ← rho · s + (1 − rho) · g², d = g · √(u + epsilon) / √(s + epsilon), u ← rho · u + (1 − rho) · d², w ← w − "
     "learning_rate · d (Zeiler 2012). Finds the size of its steps itself.",
     {learningRateParam(1), rhoParam(0.9), epsilonParam(1e-6), weightDecayParam(0)},
     "optim.Adadelta"},
    [](ir::TorchCode&, const base::ParamValues& values) {
        return "torch.optim.Adadelta(groups, lr=" + numberOf(values, "learning_rate") +
               ", rho=" + numberOf(values, "rho") + ", eps=" + numberOf(values, "epsilon") +
               ", weight_decay=" + numberOf(values, "weight_decay") + ")";
    },
    2,
    [](const base::ParamValues& values, double learningRate, std::uint64_t) -> Numbers {
        return {learningRate, values.number("weight_decay"), 1 - values.number("rho"), values.number("epsilon")};
    }};

#endif

}  // namespace perceptory::optimizers
