#include "engine/losses/LossPieces.h"

namespace perceptory::losses {

// With s = (2t − 1)·o, p = sigmoid(s) the probability of the right answer: l = −(1 − p)^gamma · log p, 1 − p =
// exp(−softplus(s)), dl/ds = (1 − p)^gamma · (gamma · p · log p + p − 1).
// clang-format off
LOSS_FORMULA(SigmoidFocal,
             exp_(-p * (max_((t + t - V(1)) * o, V(0)) + log1p_(exp_(-abs_(o))))) *
                 (max_((V(1) - t - t) * o, V(0)) + log1p_(exp_(-abs_(o)))),
             (t + t - V(1)) * exp_(-p * (max_((t + t - V(1)) * o, V(0)) + log1p_(exp_(-abs_(o))))) *
                 (sigmoid_((t + t - V(1)) * o) - V(1) -
                  p * sigmoid_((t + t - V(1)) * o) * (max_((V(1) - t - t) * o, V(0)) + log1p_(exp_(-abs_(o))))))
// clang-format on
LOSS_KERNELS(SigmoidFocal, "sigmoid_focal")

#ifndef PERCEPTORY_KERNELS

namespace {

// Each element times alpha for targets of 1, 1 − alpha for 0.
ir::ValueId lower(LossLowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const double alpha = lowering.values.number("alpha");
    const ir::ValueId each = graph.add("loss", {lowering.output, lowering.target},
                                       {.numbers = {lowering.values.number("gamma")}, .formula = "sigmoid_focal"});
    const ir::ValueId balance = ir::affine(graph, lowering.target, 2 * alpha - 1, 1 - alpha);
    return meanOfUnits(lowering, ir::multiply(graph, each, balance));
}

}  // namespace

extern const LossType typeOfSigmoidFocal;
const LossType typeOfSigmoidFocal{
    {"sigmoid_focal",
     "Focal (sigmoid)",
     "−(1 − p)^gamma · log p, p the sigmoid probability of the right answer, times alpha for targets of 1 and 1 − "
     "alpha "
     "for 0 (Lin et al. 2017): finds few cases among many.",
     {base::numberParam("gamma", "Gamma", "How much samples that are right already are held back; 0: cross-entropy.", 2,
                        0, 10, base::Changes::Rebuild),
      base::numberParam("alpha", "Alpha", "Weight of the targets that are 1.", 0.25, 0, 1, base::Changes::Rebuild)},
     "torchvision.ops.sigmoid_focal_loss"},
    [](const LossTorch& loss) {
        const std::string alpha = loss.number("alpha");
        return "right = (2 * target - 1) * output\n"
               "each = -F.logsigmoid(right) * torch.exp(" +
               loss.number("gamma") +
               " * F.logsigmoid(-right))\n"
               "return (each * (" +
               alpha + " * target + (1 - " + alpha + ") * (1 - target))).mean(1)\n";
    },
    false,
    Outputs::Logits,
    TargetEncoding::ZeroOne,
    {},
    {},
    lower};

#endif

}  // namespace perceptory::losses
