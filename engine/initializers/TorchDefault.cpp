// U(±1/√fan_in). PyTorch's kaiming_uniform with a = √5 comes to the same (torch.nn.Linear.reset_parameters).

#include <cmath>

#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

namespace {

Draw prepare(const base::ParamValues&, const WeightShape& weight) {
    const double bound = 1 / std::sqrt(static_cast<double>(weight.fanIn));
    return [bound](base::RandomStream& random) { return random.uniform(-bound, bound); };
}

}  // namespace

const InitializerType TorchDefaultInitializer{{"torch_default",
                                               "PyTorch default",
                                               "w = U(±1/√fan-in): uniform, for kernels and biases: what PyTorch does "
                                               "for linear and convolution layers (Paszke et al. 2019).",
                                               {},
                                               "what the module does by itself"},
                                              prepare};

}  // namespace perceptory::initializers
