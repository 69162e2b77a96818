#include "engine/regularizers/Regularizer.h"

namespace perceptory::regularizers {

// clang-format off
PENALTY_FORMULA(L1, a * abs_(w), where_(w > V(0), a, where_(w < V(0), -a, V(0))))
// clang-format on
PENALTY_KERNELS(L1, "l1")

#ifndef PERCEPTORY_KERNELS

extern const RegularizerType typeOfL1;
const RegularizerType typeOfL1{
    {"l1",
     "L1",
     "rate · Σ|w|, slope 0 at 0. Drives weights to exactly zero, so few inputs stay in use (Tibshirani 1996).",
     {base::numberParam("rate", "Rate", "How strongly weights are pulled towards zero.", 0.001, 0, 10)},
     "a sum of weight.abs(), added to the loss"},
    [](const base::ParamValues& values) { return ir::pythonNumber(values.number("rate")) + " * w.abs().sum()"; },
    [](const base::ParamValues& values) -> std::array<double, 2> {
        return {values.number("rate"), 0};
    },
    nullptr,
    [](ir::Graph& graph, ir::ValueId x, const base::ParamValues& values) {
        return ir::affine(graph, ir::apply(graph, "absolute", x), values.number("rate"), 0);
    }};

#endif

}  // namespace perceptory::regularizers
