#include "engine/losses/LossPieces.h"

namespace perceptory::losses {

NO_LOSS_KERNELS(RootMeanSquaredPercentageError, "root_mean_squared_percentage_error")

#ifndef PERCEPTORY_KERNELS

namespace {

ir::ValueId lower(LossLowering& lowering) { return meanOfElements(lowering, "mean_squared_percentage_error"); }

}  // namespace

extern const LossType typeOfRootMeanSquaredPercentageError;
const LossType typeOfRootMeanSquaredPercentageError{
    {"root_mean_squared_percentage_error",
     "Root mean squared percentage error",
     "L = √ of the mean over the batch of ((o − t) / t)², a share: 0.1 is 10 % (Hyndman, Koehler 2006).",
     {},
     "torch.sqrt of a mean of squares"},
    [](const LossTorch&) -> std::string {
        return "return ((output - target).square() / target.square().clamp(min=1e-14)).mean(1)\n";
    },
    false,
    Outputs::Numbers,
    TargetEncoding::ZeroOne,
    {},
    {},
    lower,
    true,
    false,
    false,
    true};

#endif

}  // namespace perceptory::losses
