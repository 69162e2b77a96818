#include "engine/losses/LossPieces.h"

namespace perceptory::losses {

// Single elements of the sum below; a target of 0 adds nothing.
// clang-format off
LOSS_FORMULA(KlDivergence, where_(t > V(0), t * (log_(max_(t, V(1e-30))) - o), V(0)), where_(t > V(0), -t, V(0)))
// clang-format on
LOSS_KERNELS(KlDivergence, "kl_divergence")

#ifndef PERCEPTORY_KERNELS

namespace {

ir::ValueId lower(LossLowering& lowering) {
    return sumOfUnits(lowering,
                      lowering.graph.add("loss", {lowering.output, lowering.target}, {.formula = "kl_divergence"}));
}

}  // namespace

extern const LossType typeOfKlDivergence;
const LossType typeOfKlDivergence{
    {"kl_divergence",
     "KL divergence",
     "Σ t · (log t − o) for outputs that are log-probabilities and targets that are probabilities (Kullback, Leibler "
     "1951): how far the network's distribution lies from the target's.",
     {},
     "nn.KLDivLoss, summed over the classes"},
    [](const LossTorch&) -> std::string { return "return F.kl_div(output, target, reduction=\"none\").sum(1)\n"; },
    false,
    Outputs::LogProbabilities,
    TargetEncoding::ZeroOne,
    {},
    {},
    lower};

#endif

}  // namespace perceptory::losses
