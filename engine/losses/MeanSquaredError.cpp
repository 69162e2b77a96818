#include "engine/losses/Loss.h"

namespace perceptory::losses {

LOSS_FORMULA(MeanSquaredError, (o - t) * (o - t), V(2) * (o - t))
LOSS_KERNELS(MeanSquaredError, "mean_squared_error")

#ifndef PERCEPTORY_KERNELS

extern const LossType typeOfMeanSquaredError;
const LossType typeOfMeanSquaredError{
    {"mean_squared_error",
     "Mean squared error",
     "L = mean over all outputs of (o − t)². The usual loss for predicting numbers; "
     "large errors weigh heavily (Legendre 1805).",
     {},
     "nn.MSELoss"},
    [](const LossTorch&) -> std::string { return "return F.mse_loss(output, target, reduction=\"none\").mean(1)\n"; }};

#endif

}  // namespace perceptory::losses
