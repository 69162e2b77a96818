#include "engine/losses/LossPieces.h"

#ifndef PERCEPTORY_KERNELS
#    include "engine/ir/Primitive.h"
#endif

namespace perceptory::losses {

NO_LOSS_KERNELS(CrossEntropy, "cross_entropy")

#ifndef PERCEPTORY_KERNELS

namespace {

// Of targets that are shares, by the logarithm of the softmax of the scores.
ir::ValueId ofScores(LossLowering& lowering, ir::ValueId scores) {
    ir::Graph& graph = lowering.graph;
    const std::int64_t classes = graph.value(scores).shape.back();
    const ir::ValueId logs = graph.add("softmax", {scores}, {.integers = {classes, 1}});
    return ir::affine(graph, sumOfUnits(lowering, logs, lowering.target), -1, 0);
}

// Behind a softmax the same number without rounding: softmax cross-entropy of what went into it.
ir::ValueId lower(LossLowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const int producer = graph.value(lowering.output).producer;
    if (producer >= 0) {
        const ir::Operation before = graph.operations()[static_cast<std::size_t>(producer)];
        if (before.type->id == "softmax" && before.integers[1] == 0)
            return hasShares(lowering) ? ofScores(lowering, before.inputs[0])
                                       : graph.add("softmax_cross_entropy", {before.inputs[0], lowering.target});
    }
    const ir::ValueId logs = ir::apply(graph, "logarithm", lowering.output, 1e-30);
    return ir::affine(graph, sumOfUnits(lowering, logs, classShares(lowering)), -1, 0);
}

}  // namespace

extern const LossType typeOfCrossEntropy;
const LossType typeOfCrossEntropy{
    {"cross_entropy",
     "Cross-entropy",
     "L = −log p of the right class, for outputs that are probabilities, as softmax puts them out; −Σ t·log p where "
     "the target has a share t of every class (Bishop 2006, section 4.3.4). Behind a softmax layer it is computed as "
     "softmax cross-entropy of that layer's input.",
     {},
     "nn.NLLLoss of torch.log"},
    [](const LossTorch& loss) -> std::string {
        const std::string logs = "logs = torch.log(output.clamp(min=1e-30))\n";
        return logs + (loss.shares ? "return -(target * logs).sum(1)\n"
                                   : "return F.nll_loss(logs, target, reduction=\"none\")\n");
    },
    true,
    Outputs::Probabilities,
    TargetEncoding::Index,
    {},
    {},
    lower,
    false,
    false,
    true};

#endif

}  // namespace perceptory::losses
