#include "engine/losses/LossPieces.h"

namespace perceptory::losses {

NO_LOSS_KERNELS(Iou, "iou")

#ifndef PERCEPTORY_KERNELS

namespace {

ir::ValueId lower(LossLowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const double smooth = lowering.values.number("smooth");
    const Overlap found = overlap(lowering);
    const ir::ValueId either = ir::add(graph, found.sum, ir::affine(graph, found.both, -1, 0));
    return ir::affine(graph, divide(lowering, ir::affine(graph, found.both, 1, smooth), either, smooth), -1, 1);
}

}  // namespace

extern const LossType typeOfIou;
const LossType typeOfIou{{"iou",
                          "Soft IoU",
                          "1 − (Σ o·t + s) / (Σ o + Σ t − Σ o·t + s) for each sample: intersection over union of "
                          "masks, for outputs between 0 "
                          "and 1 (Rahman, Wang 2016).",
                          {smoothParam()},
                          "sums and a quotient"},
                         [](const LossTorch& loss) {
                             const std::string smooth = loss.number("smooth");
                             return "both = (output * target).flatten(1).sum(1)\n"
                                    "total = (output + target).flatten(1).sum(1)\n"
                                    "return 1 - (both + " +
                                    smooth + ") / (total - both + " + smooth + ")\n";
                         },
                         false,
                         Outputs::Probabilities,
                         TargetEncoding::ZeroOne,
                         {},
                         {},
                         lower,
                         false,
                         true};

#endif

}  // namespace perceptory::losses
