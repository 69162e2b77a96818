// y = x·m / (1 − rate) with a random mask m in training; y = x otherwise. Srivastava et al. 2014, scaled while
// training.

#include "engine/layers/Layer.h"

#include "engine/base/Random.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) { return context.inputs.front(); }

ir::ValueId lower(Lowering& lowering) {
    const double rate = lowering.values.number("rate");
    if (!lowering.training || rate == 0) return lowering.inputs[0];
    const std::int64_t operation = base::stableHash(lowering.node + ".dropout");
    return lowering.graph.add("dropout", {lowering.inputs[0]}, {.numbers = {rate}, .integers = {operation}});
}

}  // namespace

const LayerType DropoutLayer{
    {"dropout",
     "Dropout",
     "Sets a random share of the values to zero in every training step, and enlarges the others to make up for it. "
     "Keeps units from relying on each other. Does nothing outside training.",
     {base::numberParam("rate", "Rate", "Share of values set to zero.", 0.5, 0, 0.99)}},
    "Regularization",
    {"drop"},
    1,
    1,
    shape,
    nullptr,
    lower,
    {{{{6}}, {{"rate", 0.3}}}, {{{2, 3, 2}}, {{"rate", 0.5}}}},
    ValueOrder::Kept};

}  // namespace perceptory::layers
