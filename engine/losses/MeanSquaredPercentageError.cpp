#include "engine/losses/Loss.h"

namespace perceptory::losses {

// clang-format off
LOSS_FORMULA(MeanSquaredPercentageError,
             (o - t) * (o - t) / max_(t * t, V(1e-14)),
             V(2) * (o - t) / max_(t * t, V(1e-14)))
// clang-format on
LOSS_KERNELS(MeanSquaredPercentageError, "mean_squared_percentage_error")

#ifndef PERCEPTORY_KERNELS

extern const LossType typeOfMeanSquaredPercentageError;
const LossType typeOfMeanSquaredPercentageError{
    {"mean_squared_percentage_error",
     "Mean squared percentage error",
     "L = ((o − t) / t)² as a share, the root not taken (Hyndman, Koehler 2006). Targets below 1e-7 count as 1e-7.",
     {},
     "torch.square of a quotient"},
    [](const LossTorch&) -> std::string {
        return "return ((output - target).square() / target.square().clamp(min=1e-14)).mean(1)\n";
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
