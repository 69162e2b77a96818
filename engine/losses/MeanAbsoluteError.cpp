#include "engine/losses/Loss.h"

namespace perceptory::losses {

LOSS_FORMULA(MeanAbsoluteError, abs_(o - t), where_(o > t, V(1), where_(o < t, V(-1), V(0))))
LOSS_KERNELS(MeanAbsoluteError, "mean_absolute_error")

#ifndef PERCEPTORY_KERNELS

extern const LossType typeOfMeanAbsoluteError;
const LossType typeOfMeanAbsoluteError{
    {"mean_absolute_error",
     "Mean absolute error",
     "L = mean over all outputs of |o − t|, slope 0 at 0. Less swayed by outliers "
     "than the squared error (Hastie, Tibshirani, Friedman 2009, section 10.6).",
     {},
     "nn.L1Loss"},
    [](const LossTorch&) -> std::string { return "return F.l1_loss(output, target, reduction=\"none\").mean(1)\n"; }};

#endif

}  // namespace perceptory::losses
