#include "engine/losses/Loss.h"

namespace perceptory::losses {

// clang-format off
LOSS_FORMULA(SquaredHinge,
             max_(V(0), V(1) - t * o) * max_(V(0), V(1) - t * o),
             V(-2) * t * max_(V(0), V(1) - t * o))
// clang-format on
LOSS_KERNELS(SquaredHinge, "squared_hinge")

#ifndef PERCEPTORY_KERNELS

extern const LossType typeOfSquaredHinge;
const LossType typeOfSquaredHinge{
    {"squared_hinge",
     "Squared hinge",
     "max(0, 1 − t·o)² with targets −1 and 1: as hinge, but outputs far on the wrong side cost much more (Tang 2013).",
     {},
     "torch.relu(1 − t·o), squared"},
    [](const LossTorch&) -> std::string { return "return F.relu(1 - target * output).square().mean(1)\n"; },
    false,
    Outputs::Scores,
    TargetEncoding::PlusMinusOne};

#endif

}  // namespace perceptory::losses
