#include "engine/losses/LossPieces.h"

namespace perceptory::losses {

NO_LOSS_KERNELS(NegativeLogLikelihood, "negative_log_likelihood")

#ifndef PERCEPTORY_KERNELS

namespace {

ir::ValueId lower(LossLowering& lowering) {
    return ir::affine(lowering.graph, sumOfUnits(lowering, lowering.output, classShares(lowering)), -1, 0);
}

}  // namespace

extern const LossType typeOfNegativeLogLikelihood;
const LossType typeOfNegativeLogLikelihood{
    {"negative_log_likelihood",
     "Negative log-likelihood",
     "L = −o of the right class, for outputs that are log-probabilities, as log_softmax puts them out. Targets are "
     "class indices, or a share t of every class: −Σ t·o (Bridle 1990).",
     {},
     "nn.NLLLoss"},
    [](const LossTorch& loss) -> std::string {
        return loss.shares ? "return -(target * output).sum(1)\n"
                           : "return F.nll_loss(output, target, reduction=\"none\")\n";
    },
    true,
    Outputs::LogProbabilities,
    TargetEncoding::Index,
    {},
    {},
    lower,
    false,
    false,
    true};

#endif

}  // namespace perceptory::losses
