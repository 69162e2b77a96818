#include "engine/losses/LossPieces.h"

namespace perceptory::losses {

ir::ValueId meanOfUnits(LossLowering& lowering, ir::ValueId each) {
    ir::Graph& graph = lowering.graph;
    if (graph.value(lowering.weight).shape == tensor::Shape{1}) return graph.add("row_mean", {each});
    const auto outputs = static_cast<double>(graph.value(each).shape.back());
    return ir::affine(graph, sumOfUnits(lowering, each), 1 / outputs, 0);
}

ir::ValueId meanOfElements(LossLowering& lowering, const std::string& formula, double number) {
    const ir::ValueId each =
        lowering.graph.add("loss", {lowering.output, lowering.target}, {.numbers = {number}, .formula = formula});
    return meanOfUnits(lowering, each);
}

bool hasShares(const LossLowering& lowering) {
    return lowering.graph.value(lowering.target).shape == lowering.graph.value(lowering.output).shape;
}

ir::ValueId classShares(LossLowering& lowering) {
    if (hasShares(lowering)) return lowering.target;
    tensor::Shape shape = lowering.graph.value(lowering.target).shape;
    const std::int64_t classes = lowering.graph.value(lowering.output).shape.back();
    if (shape == tensor::Shape{1}) shape.clear();
    shape.push_back(classes);
    return lowering.graph.add("one_hot", {lowering.target}, {.integers = {classes}, .reshaped = shape});
}

ir::ValueId sumOfSample(LossLowering& lowering, ir::ValueId a, ir::ValueId b) {
    return lowering.graph.add("fold", {a, b}, {.integers = {1, 1}, .reshaped = {1}});
}

ir::ValueId sumOfUnits(LossLowering& lowering, ir::ValueId a, ir::ValueId b) {
    const tensor::Shape units = lowering.graph.value(lowering.weight).shape;
    return lowering.graph.add("fold", {a, b}, {.integers = {1, 1}, .reshaped = units});
}

ir::ValueId divide(LossLowering& lowering, ir::ValueId a, ir::ValueId b, double small) {
    return ir::multiply(lowering.graph, a, ir::apply(lowering.graph, "reciprocal", b, small));
}

Overlap overlap(LossLowering& lowering) {
    return {sumOfSample(lowering, lowering.output, lowering.target),
            ir::add(lowering.graph, sumOfSample(lowering, lowering.output), sumOfSample(lowering, lowering.target))};
}

base::ParamType smoothParam() {
    return base::numberParam("smooth", "Smooth", "Added above and below, so that empty masks divide by no zero.", 1,
                             1e-9, 1000, base::Changes::Rebuild);
}

}  // namespace perceptory::losses
