#include "engine/losses/Loss.h"

namespace perceptory::losses {

// clang-format off
LOSS_FORMULA(Hinge, where_(V(1) - t * o < V(0), V(0), V(1) - t * o), where_(t * o < V(1), -t, V(0)))
// clang-format on
LOSS_KERNELS(Hinge, "hinge")

#ifndef PERCEPTORY_KERNELS

extern const LossType typeOfHinge;
const LossType typeOfHinge{
    {"hinge",
     "Hinge",
     "max(0, 1 − t·o) with targets −1 and 1. Asks for a margin, as support vector machines do; "
     "outputs right by more than the margin cost nothing (Cortes, Vapnik 1995).",
     {},
     "torch.relu(1 − t·o)"},
    [](const LossTorch&) -> std::string { return "return F.relu(1 - target * output).mean(1)\n"; },
    false,
    Outputs::Scores,
    TargetEncoding::PlusMinusOne};

#endif

}  // namespace perceptory::losses
