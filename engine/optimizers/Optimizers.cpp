#include "engine/backends/isa/Tables.h"
#include "engine/optimizers/Optimizer.h"

namespace perceptory::optimizers {

#define OPTIMIZER(Member)                                   \
    extern const backends::UpdateKernels kernelsOf##Member; \
    extern const backends::isa::TinyUpdate tinyOf##Member;
#include "engine/optimizers/optimizers.def"
#undef OPTIMIZER

#ifndef PERCEPTORY_KERNELS

#    define OPTIMIZER(Member) extern const OptimizerType typeOf##Member;
#    include "engine/optimizers/optimizers.def"
#    undef OPTIMIZER

const base::Shelf<OptimizerType>& shelf() {
    static const base::Shelf<OptimizerType> all("optimizer", {
#    define OPTIMIZER(Member) &typeOf##Member,
#    include "engine/optimizers/optimizers.def"
#    undef OPTIMIZER
                                                             });
    return all;
}

std::vector<const base::KindType*> kinds() { return shelf().kinds(); }

base::ParamType learningRateParam(double fallback) {
    base::ParamType type =
        base::numberParam("learning_rate", "Learning rate",
                          "How far one step goes. Too large diverges, too small crawls.", fallback, 0, 1000);
    type.logScale = true;
    return type;
}

base::ParamType weightDecayParam(double fallback) {
    return base::numberParam("weight_decay", "Weight decay", "How strongly every step pulls weights towards zero.",
                             fallback, 0, 10);
}

base::ParamType momentumParam(double fallback) {
    return base::numberParam("momentum", "Momentum", "How much of the last step is kept.", fallback, 0, 0.999999);
}

base::ParamType rhoParam(double fallback) {
    return base::numberParam("rho", "Rho", "How much of the running mean of squares is kept in each step.", fallback, 0,
                             0.999999);
}

base::ParamType beta1Param() {
    return base::numberParam("beta1", "Beta 1", "How much of the running mean is kept in each step.", 0.9, 0, 0.999999);
}

base::ParamType beta2Param(double fallback) {
    return base::numberParam("beta2", "Beta 2", "How much of the running mean of squares is kept in each step.",
                             fallback, 0, 0.99999999);
}

base::ParamType epsilonParam(double fallback) {
    return base::numberParam("epsilon", "Epsilon", "Keeps the division safe when gradients are tiny.", fallback, 0, 1);
}

Numbers adamNumbers(const base::ParamValues& values, double learningRate, std::uint64_t step) {
    const double beta1 = values.number("beta1"), beta2 = values.number("beta2"), t = static_cast<double>(step);
    return {learningRate,
            values.number("weight_decay"),
            1 - beta1,
            beta2,
            values.number("epsilon"),
            1 / (1 - std::pow(beta1, t)),
            1 / std::sqrt(1 - std::pow(beta2, t)),
            1 - beta2};
}

std::string numberOf(const base::ParamValues& values, const char* id) { return ir::pythonNumber(values.number(id)); }

std::string torchAdam(const char* name, const base::ParamValues& values, const std::string& more) {
    return std::string("torch.optim.") + name + "(groups, lr=" + numberOf(values, "learning_rate") + ", betas=(" +
           numberOf(values, "beta1") + ", " + numberOf(values, "beta2") + "), eps=" + numberOf(values, "epsilon") +
           ", weight_decay=" + numberOf(values, "weight_decay") + more + ")";
}

#endif

}  // namespace perceptory::optimizers

namespace perceptory::backends::isa {

UpdateTable updateTable() {
    static const UpdateKernels kernels[] = {
#define OPTIMIZER(Member) optimizers::kernelsOf##Member,
#include "engine/optimizers/optimizers.def"
#undef OPTIMIZER
    };
    static const TinyUpdate tiny[] = {
#define OPTIMIZER(Member) optimizers::tinyOf##Member,
#include "engine/optimizers/optimizers.def"
#undef OPTIMIZER
    };
    return {kernels, tiny, static_cast<int>(std::size(kernels))};
}

}  // namespace perceptory::backends::isa
