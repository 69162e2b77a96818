#include "engine/layers/Norms.h"

#include "engine/ir/Algebra.h"

namespace perceptory::layers {

ir::ValueId normalizeGroups(Lowering& lowering, const NormGroups& groups) {
    return lowering.graph.add(
        "normalize", {lowering.inputs[0]},
        {.numbers = {lowering.values.number("epsilon")}, .integers = {groups.rows, groups.groups, groups.inner, 0}});
}

std::vector<WeightSpec> scaleAndBias(const tensor::Shape& shape, std::vector<int> torchAxes) {
    return {{.name = "weight", .shape = shape, .initializer = {"ones"}, .torchAxes = torchAxes},
            {.name = "bias", .shape = shape, .initializer = {"zeros"}, .torchAxes = torchAxes}};
}

ir::ValueId lowerScaleAndBias(Lowering& lowering, ir::ValueId x, std::int64_t inner) {
    if (lowering.weights.empty()) return x;
    return ir::scaleShift(lowering.graph, x, lowering.weights[0], lowering.weights[1], inner);
}

base::ParamType epsilonParam() {
    base::ParamType type =
        base::numberParam("epsilon", "Epsilon", "Added to the variance, so that constant values divide by no zero.",
                          1e-5, 1e-12, 1, base::Changes::Rebuild);
    type.logScale = true;
    return type;
}

base::ParamType affineParam(bool fallback) {
    return base::switchParam("affine", "Scale and shift", "Learns a factor and an offset for every channel.", fallback);
}

}  // namespace perceptory::layers
