#include "engine/losses/Loss.h"

namespace perceptory::losses {

// clang-format off
LOSS_FORMULA(LogCosh,
             abs_(o - t) + log1p_(exp_(V(-2) * abs_(o - t))) - V(0.6931471805599453),
             tanh_(o - t))
// clang-format on
LOSS_KERNELS(LogCosh, "log_cosh")

#ifndef PERCEPTORY_KERNELS

extern const LossType typeOfLogCosh;
const LossType typeOfLogCosh{{"log_cosh",
                              "Log-cosh",
                              "L = log cosh(o − t): nearly (o − t)² / 2 for small errors and |o − t| − log 2 for large "
                              "ones, smooth everywhere (Green 1990).",
                              {},
                              "torch.cosh and torch.log, in a form without overflow"},
                             [](const LossTorch&) -> std::string {
                                 return "gap = torch.abs(output - target)\nreturn (gap + torch.log1p(torch.exp(-2 * "
                                        "gap)) - math.log(2)).mean(1)\n";
                             }};

#endif

}  // namespace perceptory::losses
