#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Adagrad, V d = g + n[1] * w; s0 = s0 + d * d; w = w - n[0] * n[2] * d / (sqrt_(s0 + n[4]) + n[3]);)
UPDATE_KERNELS(Adagrad, "adagrad")

#ifndef PERCEPTORY_KERNELS

extern const OptimizerType typeOfAdagrad;
const OptimizerType typeOfAdagrad{
    {"adagrad",
     "Adagrad",
     "s ← s + g², w ← w − learning_rate / (1 + (t − 1) · learning_rate_decay) · g / (√s + epsilon) (Duchi, Hazan, "
     "Singer 2011). Rarely used inputs keep large steps; all steps shrink for good.",
     {learningRateParam(0.01),
      base::numberParam("learning_rate_decay", "Rate decay", "How fast the rate falls with the number of steps.", 0, 0,
                        1000),
      base::numberParam("initial_accumulator", "First sum", "What the sum of squares begins with.", 0, 0, 1e6),
      epsilonParam(1e-10), weightDecayParam(0)},
     "optim.Adagrad"},
    [](ir::TorchCode&, const base::ParamValues& values) {
        return "torch.optim.Adagrad(groups, lr=" + numberOf(values, "learning_rate") +
               ", lr_decay=" + numberOf(values, "learning_rate_decay") +
               ", weight_decay=" + numberOf(values, "weight_decay") +
               ", initial_accumulator_value=" + numberOf(values, "initial_accumulator") +
               ", eps=" + numberOf(values, "epsilon") + ")";
    },
    1,
    [](const base::ParamValues& values, double learningRate, std::uint64_t step) -> Numbers {
        const double decay = 1 / (1 + static_cast<double>(step - 1) * values.number("learning_rate_decay"));
        return {learningRate, values.number("weight_decay"), decay, values.number("epsilon"),
                values.number("initial_accumulator")};
    }};

#endif

}  // namespace perceptory::optimizers
