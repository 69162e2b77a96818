#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

UPDATE_FORMULA(Lion, V c = s0 + n[2] * (g - s0);
               w = w - n[0] * (where_(c > V(0), V(1), where_(c < V(0), V(-1), V(0))) + n[1] * w);
               s0 = s0 + n[3] * (g - s0);)
UPDATE_KERNELS(Lion, "lion")

#ifndef PERCEPTORY_KERNELS

namespace {

constexpr const char* lionClass = R"py(class {name}(torch.optim.Optimizer):
    """Every weight moves by the sign of a running mean of its gradients (Chen et al. 2023)."""

    def __init__(self, groups, lr, betas, weight_decay):
        super().__init__(groups, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                mean = self.state[weight].setdefault("mean", torch.zeros_like(weight))
                direction = torch.sign(mean.lerp(weight.grad, 1 - beta1))
                weight.sub_(group["lr"] * (direction + group["weight_decay"] * weight))
                mean.lerp_(weight.grad, 1 - beta2)
)py";

std::string torch(ir::TorchCode& code, const base::ParamValues& values) {
    return code.define("Lion", lionClass) + "(groups, lr=" + numberOf(values, "learning_rate") + ", betas=(" +
           numberOf(values, "beta1") + ", " + numberOf(values, "beta2") +
           "), weight_decay=" + numberOf(values, "weight_decay") + ")";
}

}  // namespace

extern const OptimizerType typeOfLion;
const OptimizerType typeOfLion{
    {"lion",
     "Lion",
     "c = beta1 · m + (1 − beta1) · g, w ← w − learning_rate · (sign c + weight_decay · w), m ← beta2 · m + (1 − "
     "beta2) "
     "· g (Chen et al. 2023). Every weight moves by the same amount; take a tenth to a third of Adam's rate.",
     {learningRateParam(0.0001), beta1Param(), beta2Param(0.99), weightDecayParam(0)},
     "a class of its own in the exported file"},
    torch,
    1,
    [](const base::ParamValues& values, double learningRate, std::uint64_t) -> Numbers {
        return {learningRate, values.number("weight_decay"), 1 - values.number("beta1"), 1 - values.number("beta2")};
    }};

#endif

}  // namespace perceptory::optimizers
