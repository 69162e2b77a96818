#include "engine/losses/LossPieces.h"

namespace perceptory::losses {

NO_LOSS_KERNELS(MultiClassHinge, "multi_class_hinge")

#ifndef PERCEPTORY_KERNELS

namespace {

ir::ValueId lower(LossLowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const ir::ValueId hot = classShares(lowering);
    const ir::ValueId right = sumOfUnits(lowering, lowering.output, hot);
    const ir::ValueId lead = ir::scaleShift(graph, lowering.output, ir::none, ir::affine(graph, right, -1, 0), 1);
    const ir::ValueId lacking = ir::apply(graph, "relu", ir::affine(graph, lead, 1, lowering.values.number("margin")));
    const double share = 1 / static_cast<double>(graph.value(lowering.output).shape.back());
    return ir::affine(graph, sumOfUnits(lowering, lacking, ir::affine(graph, hot, -1, 1)), share, 0);
}

}  // namespace

extern const LossType typeOfMultiClassHinge;
const LossType typeOfMultiClassHinge{
    {"multi_class_hinge",
     "Multi-class hinge",
     "Σ over the other classes of max(0, margin − o_right + o_other) / K (Weston, Watkins 1999): the right score must "
     "lie "
     "above all others by the margin.",
     {base::numberParam("margin", "Margin", "How far the right score must lead.", 1, 0, 1000, base::Changes::Rebuild)},
     "nn.MultiMarginLoss"},
    [](const LossTorch& loss) {
        const std::string margin = loss.number("margin");
        return "right = output.gather(1, target.unsqueeze(1))\n"
               "return (F.relu(" +
               margin + " + output - right).sum(1) - " + margin + ") / output.shape[1]\n";
    },
    true,
    Outputs::Scores,
    TargetEncoding::Index,
    {},
    {},
    lower};

#endif

}  // namespace perceptory::losses
