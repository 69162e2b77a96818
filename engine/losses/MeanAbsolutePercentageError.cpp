#include "engine/losses/Loss.h"

namespace perceptory::losses {

// clang-format off
LOSS_FORMULA(MeanAbsolutePercentageError,
             abs_(o - t) / max_(abs_(t), V(1e-7)),
             where_(o > t, V(1), where_(o < t, V(-1), V(0))) / max_(abs_(t), V(1e-7)))
// clang-format on
LOSS_KERNELS(MeanAbsolutePercentageError, "mean_absolute_percentage_error")

#ifndef PERCEPTORY_KERNELS

extern const LossType typeOfMeanAbsolutePercentageError;
const LossType typeOfMeanAbsolutePercentageError{
    {"mean_absolute_percentage_error",
     "Mean absolute percentage error",
     "L = |o − t| / |t| as a share: 0.1 is 10 %. Targets below 1e-7 count "
     "as 1e-7. Weighs small targets heavily (Hyndman, Koehler 2006).",
     {},
     "torch.abs of a quotient"},
    [](const LossTorch&) -> std::string {
        return "return (torch.abs(output - target) / torch.abs(target).clamp(min=1e-7)).mean(1)\n";
    },
    false,
    Outputs::Numbers,
    TargetEncoding::ZeroOne,
    {},
    {},
    nullptr,
    false,
    false,
    false,
    true};

#endif

}  // namespace perceptory::losses
