#include "engine/activations/Activation.h"

namespace perceptory::activations {

UNARY_FORMULA(Softplus, where_(p* x > V(20), x, log1p_(exp_(min_(p* x, V(20)))) / p),
              where_(p* x > V(20), V(1), sigmoid_(p* x)))
UNARY_KERNELS(Softplus, "softplus")

#ifndef PERCEPTORY_KERNELS

extern const ActivationType typeOfSoftplus;
const ActivationType typeOfSoftplus = activationType<SoftplusFormula>(
    {"softplus",
     "Softplus",
     "y = log(1 + e^(beta · x)) / beta, taken as x where beta · x > 20. A smooth ReLU whose slope is the sigmoid.",
     {base::numberParam("beta", "Beta", "The larger, the closer to ReLU.", 1, 0.01, 100)}});

#endif

}  // namespace perceptory::activations
