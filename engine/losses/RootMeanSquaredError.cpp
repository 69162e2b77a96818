#include "engine/losses/LossPieces.h"

namespace perceptory::losses {

NO_LOSS_KERNELS(RootMeanSquaredError, "root_mean_squared_error")

#ifndef PERCEPTORY_KERNELS

namespace {

ir::ValueId lower(LossLowering& lowering) { return meanOfElements(lowering, "mean_squared_error"); }

}  // namespace

extern const LossType typeOfRootMeanSquaredError;
const LossType typeOfRootMeanSquaredError{
    {"root_mean_squared_error",
     "Root mean squared error",
     "L = √ of the mean over the batch of (o − t)²: in the units of the target (Bishop 2006, section 1.1).",
     {},
     "torch.sqrt of nn.MSELoss"},
    [](const LossTorch&) -> std::string { return "return F.mse_loss(output, target, reduction=\"none\").mean(1)\n"; },
    false,
    Outputs::Numbers,
    TargetEncoding::ZeroOne,
    {},
    {},
    lower,
    true};

#endif

}  // namespace perceptory::losses
