#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Rmsprop, V d = g + n[1] * w; s0 = n[2] * s0 + n[3] * d * d; s1 = n[2] * s1 + n[3] * d;
               s2 = n[6] * s2 + d / (sqrt_(max_(s0 - n[5] * s1 * s1, V(0))) + n[4]); w = w - n[0] * s2;)
UPDATE_KERNELS(Rmsprop, "rmsprop")

#ifndef PERCEPTORY_KERNELS

extern const OptimizerType typeOfRmsprop;
const OptimizerType typeOfRmsprop{
    {"rmsprop",
     "RMSprop",
     "s ← rho · s + (1 − rho) · g², v ← momentum · v + g / (√s + epsilon), w ← w − learning_rate · v. Divides each "
     "weight's step by the recent size of its gradient. Centered: the recent mean of g is taken off first, √(s − "
     "mean²) (Graves 2013).",
     {learningRateParam(0.01), rhoParam(0.99), epsilonParam(), momentumParam(0),
      base::switchParam("centered", "Centered", "Divide by the deviation instead of the size.", false,
                        base::Changes::NextBatch),
      weightDecayParam(0)},
     "optim.RMSprop"},
    [](ir::TorchCode&, const base::ParamValues& values) {
        return "torch.optim.RMSprop(groups, lr=" + numberOf(values, "learning_rate") +
               ", alpha=" + numberOf(values, "rho") + ", eps=" + numberOf(values, "epsilon") +
               ", momentum=" + numberOf(values, "momentum") + (values.flag("centered") ? ", centered=True" : "") +
               ", weight_decay=" + numberOf(values, "weight_decay") + ")";
    },
    3,
    [](const base::ParamValues& values, double learningRate, std::uint64_t) -> Numbers {
        const double rho = values.number("rho");
        return {learningRate,
                values.number("weight_decay"),
                rho,
                1 - rho,
                values.number("epsilon"),
                values.flag("centered") ? 1.0 : 0.0,
                values.number("momentum")};
    }};

#endif

}  // namespace perceptory::optimizers
