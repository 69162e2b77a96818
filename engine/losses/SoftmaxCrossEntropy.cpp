#include "engine/losses/LossPieces.h"

namespace perceptory::losses {

// Its primitives are softmax_cross_entropy and softmax_cross_entropy_gradient.
NO_LOSS_KERNELS(SoftmaxCrossEntropy, "softmax_cross_entropy")

#ifndef PERCEPTORY_KERNELS

namespace {

// With class weights w as PyTorch has it: of a unit of class t, (1 − ε)·w_t·l_t + ε/K·Σ_c w_c·l_c, l = −log p.
ir::ValueId weighedSmoothly(LossLowering& lowering, double smoothing) {
    ir::Graph& graph = lowering.graph;
    const std::int64_t classes = graph.value(lowering.output).shape.back();
    const ir::ValueId logs = graph.add("softmax", {lowering.output}, {.integers = {classes, 1}});
    std::vector<double> weights(lowering.classWeights.begin(), lowering.classWeights.begin() + classes);
    const ir::ValueId constant = graph.constant({classes}, std::move(weights));
    const ir::ValueId byClass = ir::repeatLike(graph, constant, lowering.output, classes);
    const ir::ValueId right = sumOfUnits(lowering, ir::multiply(graph, logs, byClass), classShares(lowering));
    const ir::ValueId all = sumOfUnits(lowering, logs, byClass);
    return ir::add(graph, ir::affine(graph, right, smoothing - 1, 0),
                   ir::affine(graph, all, -smoothing / static_cast<double>(classes), 0));
}

// Of targets that are shares t of the classes: (1 − ε)·Σ t_c·l_c + ε/K·Σ l_c, as PyTorch has it.
ir::ValueId ofShares(LossLowering& lowering, double smoothing) {
    ir::Graph& graph = lowering.graph;
    const std::int64_t classes = graph.value(lowering.output).shape.back();
    const ir::ValueId logs = graph.add("softmax", {lowering.output}, {.integers = {classes, 1}});
    const ir::ValueId right = ir::affine(graph, sumOfUnits(lowering, logs, lowering.target), smoothing - 1, 0);
    if (smoothing == 0) return right;
    const double each = -smoothing / static_cast<double>(classes);
    return ir::add(graph, right, ir::affine(graph, sumOfUnits(lowering, logs), each, 0));
}

// Units of the ignored class weigh nothing.
ir::ValueId lower(LossLowering& lowering) {
    ir::Graph& graph = lowering.graph;
    const std::int64_t ignored = lowering.values.integer("ignored_class");
    const double smoothing = lowering.values.number("label_smoothing");
    if (hasShares(lowering)) return ofShares(lowering, smoothing);
    const ir::ValueId kept =
        ignored < 0 ? ir::affine(graph, lowering.target, 0, 1)
                    : ir::affine(graph,
                                 ir::apply(graph, "is_zero",
                                           ir::affine(graph, lowering.target, 1, -static_cast<double>(ignored))),
                                 -1, 1);
    if (ignored >= 0) lowering.weight = ir::multiply(graph, lowering.weight, kept);
    if (smoothing > 0 && !lowering.classWeights.empty()) {
        lowering.counted = kept;
        return weighedSmoothly(lowering, smoothing);
    }
    return graph.add("softmax_cross_entropy", {lowering.output, lowering.target},
                     {.numbers = {smoothing}, .integers = {ignored + 1}});
}

std::string torch(const LossTorch& loss) {
    std::string call = "return F.cross_entropy(output, target, reduction=\"none\"";
    if (!loss.classWeights.empty()) call += ", weight=" + loss.classWeights;
    if (loss.values.number("label_smoothing") > 0) call += ", label_smoothing=" + loss.number("label_smoothing");
    if (loss.values.integer("ignored_class") >= 0)
        call += ", ignore_index=" + std::to_string(loss.values.integer("ignored_class"));
    return call + ")\n";
}

}  // namespace

extern const LossType typeOfSoftmaxCrossEntropy;
const LossType typeOfSoftmaxCrossEntropy{
    {"softmax_cross_entropy",
     "Softmax cross-entropy",
     "−log p of the right class, p = softmax of the outputs. Takes raw scores (logits), one per class, and class "
     "indices, or a share of every class; the usual loss for telling classes apart. With label smoothing ε the target "
     "is 1 − ε + ε/K for the "
     "right "
     "class and ε/K for the others (Szegedy et al. 2016).",
     {base::numberParam("label_smoothing", "Label smoothing", "Share of the target spread over all classes.", 0, 0, 1,
                        base::Changes::Rebuild),
      base::integerParam("ignored_class", "Ignored class", "Samples or pixels of this class do not count; −1: none.",
                         -1, -1, 1'000'000)},
     "nn.CrossEntropyLoss"},
    torch,
    true,
    Outputs::Logits,
    TargetEncoding::Index,
    {},
    {},
    lower,
    false,
    false,
    true};

#endif

}  // namespace perceptory::losses
