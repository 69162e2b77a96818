#include "engine/losses/Loss.h"

namespace perceptory::losses {

// clang-format off
LOSS_FORMULA(BinaryCrossEntropy,
             -(t * where_(log_(o) < V(-100), V(-100), log_(o)) +
               (V(1) - t) * where_(log1p_(-o) < V(-100), V(-100), log1p_(-o))),
             (o - t) / max_(o * (V(1) - o), V(1e-12)))
// clang-format on
LOSS_KERNELS(BinaryCrossEntropy, "binary_cross_entropy")

#ifndef PERCEPTORY_KERNELS

extern const LossType typeOfBinaryCrossEntropy;
const LossType typeOfBinaryCrossEntropy{
    {"binary_cross_entropy",
     "Binary cross-entropy",
     "−t·log o − (1 − t)·log(1 − o) for outputs between 0 and 1, logarithms held at −100. Targets are 0 or 1 (Bishop "
     "2006, section 4.3.2). After a final sigmoid it is computed as sigmoid cross-entropy on the sigmoid's input.",
     {},
     "nn.BCELoss"},
    [](const LossTorch&) -> std::string {
        return "return F.binary_cross_entropy(output, target, reduction=\"none\").mean(1)\n";
    },
    false,
    Outputs::Probabilities,
    TargetEncoding::ZeroOne,
    "sigmoid_cross_entropy"};

#endif

}  // namespace perceptory::losses
