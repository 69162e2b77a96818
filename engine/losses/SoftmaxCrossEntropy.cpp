#include "engine/losses/LossPieces.h"

namespace perceptory::losses {

// Its primitives are softmax_cross_entropy and softmax_cross_entropy_gradient.
NO_LOSS_KERNELS(SoftmaxCrossEntropy, "softmax_cross_entropy")

#ifndef PERCEPTORY_KERNELS

namespace {

// Units of the ignored class weigh nothing.
ir::ValueId lower(LossLowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const std::int64_t ignored = lowering.values.integer("ignored_class");
    const ir::ValueId units =
        graph.add("softmax_cross_entropy", {lowering.output, lowering.target},
                  {.numbers = {lowering.values.number("label_smoothing")}, .integers = {ignored + 1}});
    if (graph.value(lowering.target).shape != tensor::Shape{1})
        lowering.weight = ir::repeatLike(graph, lowering.weight, lowering.target, 1);
    if (ignored < 0) return units;
    const ir::ValueId left =
        ir::apply(graph, "is_zero", ir::affine(graph, lowering.target, 1, -static_cast<double>(ignored)));
    lowering.weight = ir::multiply(graph, lowering.weight, ir::affine(graph, left, -1, 1));
    return units;
}

}  // namespace

extern const LossType typeOfSoftmaxCrossEntropy;
const LossType typeOfSoftmaxCrossEntropy{
    {"softmax_cross_entropy",
     "Softmax cross-entropy",
     "−log p of the right class, p = softmax of the outputs. Takes raw scores (logits), one per class, and class "
     "indices; the usual loss for telling classes apart. With label smoothing ε the target is 1 − ε + ε/K for the "
     "right "
     "class and ε/K for the others (Szegedy et al. 2016).",
     {base::numberParam("label_smoothing", "Label smoothing", "Share of the target spread over all classes.", 0, 0, 1,
                        base::Changes::Rebuild),
      base::integerParam("ignored_class", "Ignored class", "Samples or pixels of this class do not count; −1: none.",
                         -1, -1, 1'000'000)}},
    true,
    Outputs::Logits,
    TargetEncoding::Index,
    {},
    {},
    lower};

#endif

}  // namespace perceptory::losses
