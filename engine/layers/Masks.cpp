#include "engine/layers/Masks.h"

#include "engine/base/Random.h"

namespace perceptory::layers {

base::ParamType rateParam(const std::string& help, double fallback) {
    return base::numberParam("rate", "Rate", help, fallback, 0, 0.99);
}

std::int64_t streamOf(const Lowering& lowering) { return base::stableHash(lowering.node + ".dropout"); }

ir::ValueId dropOut(Lowering& lowering, ir::ValueId x) {
    return lowering.graph.add("dropout", {x},
                              {.numbers = {lowering.values.number("rate")}, .integers = {streamOf(lowering)}});
}

ir::ValueId dropMask(Lowering& lowering, std::int64_t count) {
    const tensor::Shape shape{count};
    const ir::ValueId ones = lowering.graph.constant(shape, std::vector<double>(static_cast<std::size_t>(count), 1));
    return dropOut(lowering, lowering.graph.add("repeat", {ones}, {.integers = {count, 1}, .reshaped = shape}));
}

}  // namespace perceptory::layers
