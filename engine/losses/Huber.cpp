#include "engine/losses/Loss.h"

namespace perceptory::losses {

// clang-format off
LOSS_FORMULA(Huber,
             where_(abs_(o - t) < p, V(0.5) * (o - t) * (o - t), p * (abs_(o - t) - V(0.5) * p)),
             max_(-p, min_(p, o - t)))
// clang-format on
LOSS_KERNELS(Huber, "huber")

#ifndef PERCEPTORY_KERNELS

extern const LossType typeOfHuber;
const LossType typeOfHuber{
    {"huber",
     "Huber",
     "(o − t)² / 2 up to a distance of delta, delta · (|o − t| − delta / 2) beyond (Huber 1964). Squared error for "
     "small "
     "errors, absolute error for outliers.",
     {base::numberParam("delta", "Delta", "Where the squared error turns into the absolute one.", 1, 1e-6, 1e6)},
     "nn.HuberLoss"},
    [](const LossTorch& loss) {
        return "return F.huber_loss(output, target, reduction=\"none\", delta=" + loss.number("delta") + ").mean(1)\n";
    },
    false,
    Outputs::Numbers,
    TargetEncoding::ZeroOne,
    {},
    "delta"};

#endif

}  // namespace perceptory::losses
