#pragma once
// Contract of the regularizers: a penalty on weights that is added to the loss, or a constraint that holds after every
// update.

#include "engine/backends/isa/ShelfKernels.h"

#ifndef PERCEPTORY_KERNELS

#    include <array>

#    include "engine/base/Shelf.h"
#    include "engine/ir/Algebra.h"
#    include "engine/ir/TorchCode.h"

namespace perceptory::regularizers {

// Kernels are those of the same id in KernelTable::penalties.
struct RegularizerType : base::KindType {
    // An expression of PyTorch: the penalty of the weight w, or of a constraint what w becomes after an update.
    std::string (*torch)(const base::ParamValues& values) = nullptr;
    // The numbers a and b of the formula.
    std::array<double, 2> (*rates)(const base::ParamValues& values);
    // Set for a constraint, which has no penalty: what a unit's weights are multiplied by after an update, from their
    // Euclidean norm. A unit's weights lie along all axes but the last (PyTorch's first).
    double (*scale)(const base::ParamValues& values, double norm) = nullptr;
    // The penalty of every element of x, for what a layer puts out; null for a constraint.
    ir::ValueId (*each)(ir::Graph& graph, ir::ValueId x, const base::ParamValues& values) = nullptr;
};

// Any thread.
const base::Shelf<RegularizerType>& shelf();
std::vector<const base::KindType*> kinds();

}  // namespace perceptory::regularizers

#endif
