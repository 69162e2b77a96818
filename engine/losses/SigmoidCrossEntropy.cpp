#include "engine/losses/Loss.h"

namespace perceptory::losses {

LOSS_FORMULA(SigmoidCrossEntropy, where_(o < V(0), V(0), o) - o * t + log1p_(exp_(-abs_(o))), sigmoid_(o) - t)
LOSS_KERNELS(SigmoidCrossEntropy, "sigmoid_cross_entropy")

#ifndef PERCEPTORY_KERNELS

extern const LossType typeOfSigmoidCrossEntropy;
const LossType typeOfSigmoidCrossEntropy{
    {"sigmoid_cross_entropy",
     "Sigmoid cross-entropy",
     "−t·log p − (1 − t)·log(1 − p) with p = sigmoid(o), in a form that never overflows. Takes raw scores (logits): "
     "one output for two classes, or one per independent yes-or-no question; targets are 0 or 1 (Bishop 2006, section "
     "4.3.2).",
     {},
     "nn.BCEWithLogitsLoss"},
    [](const LossTorch&) -> std::string {
        return "return F.binary_cross_entropy_with_logits(output, target, reduction=\"none\").mean(1)\n";
    },
    false,
    Outputs::Logits,
    TargetEncoding::ZeroOne};

#endif

}  // namespace perceptory::losses
