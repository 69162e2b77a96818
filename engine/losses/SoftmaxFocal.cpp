#include "engine/losses/LossPieces.h"

namespace perceptory::losses {

NO_LOSS_KERNELS(SoftmaxFocal, "softmax_focal")

#ifndef PERCEPTORY_KERNELS

namespace {

ir::ValueId lower(LossLowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const std::int64_t classes = graph.value(lowering.output).shape.back();
    const ir::ValueId logs = graph.add("softmax", {lowering.output}, {.integers = {classes, 1}});
    const ir::ValueId log = sumOfUnits(lowering, logs, classShares(lowering));
    const ir::ValueId miss = ir::affine(graph, ir::apply(graph, "exponential", log), -1, 1);
    const ir::ValueId power =
        ir::affine(graph, ir::apply(graph, "logarithm", miss, 1e-12), lowering.values.number("gamma"), 0);
    return ir::affine(graph, ir::multiply(graph, ir::apply(graph, "exponential", power), log), -1, 0);
}

}  // namespace

extern const LossType typeOfSoftmaxFocal;
const LossType typeOfSoftmaxFocal{
    {"softmax_focal",
     "Focal (softmax)",
     "−(1 − p)^gamma · log p of the right class, p = softmax of the outputs (Lin et al. 2017): samples that are right "
     "already "
     "count little.",
     {base::numberParam("gamma", "Gamma", "How much samples that are right already are held back; 0: cross-entropy.", 2,
                        0, 10, base::Changes::Rebuild)},
     "nn.CrossEntropyLoss of every sample times a power"},
    [](const LossTorch& loss) {
        return "log = F.log_softmax(output, dim=1).gather(1, target.unsqueeze(1)).squeeze(1)\n"
               "return -((1 - torch.exp(log)).clamp(min=1e-12) ** " +
               loss.number("gamma") + ") * log\n";
    },
    true,
    Outputs::Logits,
    TargetEncoding::Index,
    {},
    {},
    lower};

#endif

}  // namespace perceptory::losses
