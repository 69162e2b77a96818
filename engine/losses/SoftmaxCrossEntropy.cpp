#include "engine/losses/Loss.h"

namespace perceptory::losses {

// No formula of single elements: its primitives are softmax_cross_entropy and softmax_cross_entropy_gradient.
extern const backends::LossKernels kernelsOfSoftmaxCrossEntropy;
const backends::LossKernels kernelsOfSoftmaxCrossEntropy{"softmax_cross_entropy", nullptr, nullptr};
extern const backends::isa::TinyLoss tinyOfSoftmaxCrossEntropy;
const backends::isa::TinyLoss tinyOfSoftmaxCrossEntropy{};

#ifndef PERCEPTORY_KERNELS

extern const LossType typeOfSoftmaxCrossEntropy;
const LossType typeOfSoftmaxCrossEntropy{
    {"softmax_cross_entropy", "Softmax cross-entropy",
     "−log p of the right class, p = softmax of the outputs. Takes raw scores (logits), one per class, and class "
     "indices; the usual loss for telling classes apart."},
    true,
    Outputs::Logits,
    TargetEncoding::Index};

#endif

}  // namespace perceptory::losses
