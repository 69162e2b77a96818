#include "engine/losses/LossPieces.h"

namespace perceptory::losses {

NO_LOSS_KERNELS(Dice, "dice")

#ifndef PERCEPTORY_KERNELS

namespace {

ir::ValueId lower(LossLowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const double smooth = lowering.values.number("smooth");
    const Overlap found = overlap(lowering);
    return ir::affine(graph, divide(lowering, ir::affine(graph, found.both, 2, smooth), found.sum, smooth), -1, 1);
}

}  // namespace

extern const LossType typeOfDice;
const LossType typeOfDice{{"dice",
                           "Dice",
                           "1 − (2·Σ o·t + s) / (Σ o + Σ t + s) for each sample (Milletari, Navab, Ahmadi 2016): "
                           "overlap of masks, for outputs "
                           "between 0 and 1.",
                           {smoothParam()},
                           "sums and a quotient"},
                          [](const LossTorch& loss) {
                              const std::string smooth = loss.number("smooth");
                              return "both = (output * target).flatten(1).sum(1)\n"
                                     "total = (output + target).flatten(1).sum(1)\n"
                                     "return 1 - (2 * both + " +
                                     smooth + ") / (total + " + smooth + ")\n";
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
