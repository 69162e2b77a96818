#pragma once
// The value type this translation unit computes with: float registers in an instruction-set library, one double in the
// engine. Kernels are templates over it, L below: L::Real, L::size, load, loadPart, store, storePart, arithmetic,
// comparisons, and the functions of engine/base/Formula.h.

#ifdef PERCEPTORY_KERNELS
#    include "engine/backends/isa/FloatLanes.h"
#else
#    include "engine/backends/isa/DoubleLane.h"
#endif

namespace perceptory::backends::isa {

#ifdef PERCEPTORY_KERNELS
using Lanes = FloatLanes;
#else
using Lanes = DoubleLane;
#endif

}  // namespace perceptory::backends::isa
