#pragma once
// Contract of the optimizers: one update rule, mostly applied to every weight on its own, with up to three numbers of
// state per weight. The rules and defaults are PyTorch's.

#include "engine/backends/isa/ShelfKernels.h"

#ifndef PERCEPTORY_KERNELS

#    include <array>
#    include <memory>

#    include "engine/base/Shelf.h"
#    include "engine/ir/TorchCode.h"

namespace perceptory::optimizers {

class Solver;

using Numbers = std::array<double, 8>;

// Kernels are those of the same id in KernelTable::updates.
struct OptimizerType : base::KindType {
    // An expression that makes it in PyTorch, of the parameter groups `groups`.
    std::string (*torch)(ir::TorchCode& code, const base::ParamValues& values) = nullptr;
    int slotCount = 0;  // state numbers per weight that the formula uses, 0 … 3; they start at 0
    // The numbers n of the formula for one update; n[0] = learningRate, which a range of weights may scale. The first
    // update of a run is step 1.
    Numbers (*numbers)(const base::ParamValues& values, double learningRate, std::uint64_t step);
    // Set for a rule that is no formula of one weight and its gradient; then its kernels are not used.
    std::unique_ptr<Solver> (*solver)(const base::ParamValues& values) = nullptr;
    // Numbers in double for each weight that the solver holds at most.
    std::int64_t (*solverNumbers)(const base::ParamValues& values) = nullptr;
};

// Any thread.
const base::Shelf<OptimizerType>& shelf();
std::vector<const base::KindType*> kinds();

// Parameters several members share.
base::ParamType learningRateParam(double fallback);
base::ParamType weightDecayParam(double fallback);
base::ParamType momentumParam(double fallback = 0.9);
base::ParamType rhoParam(double fallback);
base::ParamType beta1Param();
base::ParamType beta2Param(double fallback = 0.999);
base::ParamType epsilonParam(double fallback = 1e-8);

// learning rate, decay, 1 − beta1, beta2, epsilon, 1 / (1 − beta1ᵗ), 1 / √(1 − beta2ᵗ), 1 − beta2
Numbers adamNumbers(const base::ParamValues& values, double learningRate, std::uint64_t step);

// A number as PyTorch is told it; and torch.optim's `name` with what all relatives of Adam are told, and `more`.
std::string numberOf(const base::ParamValues& values, const char* id);
std::string torchAdam(const char* name, const base::ParamValues& values, const std::string& more = {});

}  // namespace perceptory::optimizers

#endif
