#include "engine/regularizers/Regularizer.h"

namespace perceptory::regularizers {

PENALTY_FORMULA(MaxNorm, V(0) * w, V(0) * w)
PENALTY_KERNELS(MaxNorm, "max_norm")

#ifndef PERCEPTORY_KERNELS

extern const RegularizerType typeOfMaxNorm;
const RegularizerType typeOfMaxNorm{
    {"max_norm",
     "Largest norm",
     "No penalty: after every update each unit's incoming weights are scaled back so that √Σw² is at most the limit "
     "(Srebro, Shraibman 2005). Goes well with dropout and large learning rates.",
     {base::numberParam("limit", "Limit", "The largest norm of one unit's incoming weights.", 3, 1e-6, 1e6)},
     "torch.renorm after every step"},
    [](const base::ParamValues& values) {
        return "torch.renorm(w.flatten(1) if w.dim() > 1 else w.unsqueeze(1), 2, 0, " +
               ir::pythonNumber(values.number("limit")) + ").reshape(w.shape)";
    },
    [](const base::ParamValues&) -> std::array<double, 2> {
        return {0, 0};
    },
    [](const base::ParamValues& values, double norm) {
        const double limit = values.number("limit");
        return norm > limit ? limit / norm : 1.0;
    }};

#endif

}  // namespace perceptory::regularizers
