#include "engine/regularizers/Regularizer.h"

namespace perceptory::regularizers {

// clang-format off
PENALTY_FORMULA(L2, V(0.5) * a * w * w, a * w)
// clang-format on
PENALTY_KERNELS(L2, "l2")

#ifndef PERCEPTORY_KERNELS

extern const RegularizerType typeOfL2;
const RegularizerType typeOfL2{
    {"l2",
     "L2",
     "½ · rate · Σw², gradient rate · w. Keeps weights small and the answer smooth (Hoerl, Kennard 1970).",
     {base::numberParam("rate", "Rate", "How strongly weights are pulled towards zero.", 0.001, 0, 10)},
     "a sum of weight.square(), added to the loss"},
    [](const base::ParamValues& values) {
        return "0.5 * " + ir::pythonNumber(values.number("rate")) + " * w.square().sum()";
    },
    [](const base::ParamValues& values) -> std::array<double, 2> {
        return {values.number("rate"), 0};
    },
    nullptr,
    [](ir::Graph& graph, ir::ValueId x, const base::ParamValues& values) {
        return ir::affine(graph, ir::multiply(graph, x, x), 0.5 * values.number("rate"), 0);
    }};

#endif

}  // namespace perceptory::regularizers
