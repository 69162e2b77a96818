#include "engine/regularizers/Regularizer.h"

namespace perceptory::regularizers {

// clang-format off
PENALTY_FORMULA(ElasticNet, a * abs_(w) + V(0.5) * b * w * w, b * w + where_(w > V(0), a, where_(w < V(0), -a, V(0))))
// clang-format on
PENALTY_KERNELS(ElasticNet, "elastic_net")

#ifndef PERCEPTORY_KERNELS

extern const RegularizerType typeOfElasticNet;
const RegularizerType typeOfElasticNet{
    {"elastic_net",
     "Elastic net",
     "l1 · Σ|w| + ½ · l2 · Σw²: the sum of L1 and L2 (Zou, Hastie 2005).",
     {base::numberParam("l1", "L1 rate", "Strength of the L1 part.", 0.001, 0, 10),
      base::numberParam("l2", "L2 rate", "Strength of the L2 part.", 0.001, 0, 10)},
     "sums of weight.abs() and weight.square(), added to the loss"},
    [](const base::ParamValues& values) {
        return ir::pythonNumber(values.number("l1")) + " * w.abs().sum() + 0.5 * " +
               ir::pythonNumber(values.number("l2")) + " * w.square().sum()";
    },
    [](const base::ParamValues& values) -> std::array<double, 2> {
        return {values.number("l1"), values.number("l2")};
    },
    nullptr,
    [](ir::Graph& graph, ir::ValueId x, const base::ParamValues& values) {
        return ir::add(graph, ir::affine(graph, ir::apply(graph, "absolute", x), values.number("l1"), 0),
                       ir::affine(graph, ir::multiply(graph, x, x), 0.5 * values.number("l2"), 0));
    }};

#endif

}  // namespace perceptory::regularizers
