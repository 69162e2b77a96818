#pragma once
// Contract of the regularizers: a penalty on weights that is added to the loss.

#include "engine/backends/isa/ShelfKernels.h"

#ifndef PERCEPTORY_KERNELS

#    include <array>

#    include "engine/base/Shelf.h"

namespace perceptory::regularizers {

// Kernels are those of the same id in KernelTable::penalties.
struct RegularizerType : base::KindType {
    // The numbers a and b of the formula.
    std::array<double, 2> (*rates)(const base::ParamValues& values);
};

// Any thread.
const base::Shelf<RegularizerType>& shelf();
std::vector<const base::KindType*> kinds();

}  // namespace perceptory::regularizers

#endif
