#include "engine/losses/LossPieces.h"

namespace perceptory::losses {

NO_LOSS_KERNELS(Cosine, "cosine")

#ifndef PERCEPTORY_KERNELS

namespace {

ir::ValueId lower(LossLowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const auto length = [&](ir::ValueId x) {
        return ir::apply(graph, "square_root", ir::affine(graph, sumOfUnits(lowering, x, x), 1, 1e-16));
    };
    const ir::ValueId lengths = ir::multiply(graph, length(lowering.output), length(lowering.target));
    return ir::affine(graph, divide(lowering, sumOfUnits(lowering, lowering.output, lowering.target), lengths), -1, 1);
}

}  // namespace

extern const LossType typeOfCosine;
const LossType typeOfCosine{
    {"cosine",
     "Cosine distance",
     "1 − o·t / (|o|·|t|): compares directions, not lengths (Salton, McGill 1983).",
     {},
     "1 − nn.CosineSimilarity"},
    [](const LossTorch&) -> std::string { return "return 1 - F.cosine_similarity(output, target, dim=1)\n"; },
    false,
    Outputs::Numbers,
    TargetEncoding::ZeroOne,
    {},
    {},
    lower};

#endif

}  // namespace perceptory::losses
