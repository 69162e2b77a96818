#include "engine/backends/isa/Tables.h"
#include "engine/regularizers/Regularizer.h"

namespace perceptory::regularizers {

#define REGULARIZER(Member) extern const backends::PenaltyKernels kernelsOf##Member;
#include "engine/regularizers/regularizers.def"
#undef REGULARIZER

#ifndef PERCEPTORY_KERNELS

#    define REGULARIZER(Member) extern const RegularizerType typeOf##Member;
#    include "engine/regularizers/regularizers.def"
#    undef REGULARIZER

const base::Shelf<RegularizerType>& shelf() {
    static const base::Shelf<RegularizerType> all("regularizer", {
#    define REGULARIZER(Member) &typeOf##Member,
#    include "engine/regularizers/regularizers.def"
#    undef REGULARIZER
                                                                 });
    return all;
}

std::vector<const base::KindType*> kinds() { return shelf().kinds(); }

#endif

}  // namespace perceptory::regularizers

namespace perceptory::backends::isa {

PenaltyTable penaltyTable() {
    static const PenaltyKernels kernels[] = {
#define REGULARIZER(Member) regularizers::kernelsOf##Member,
#include "engine/regularizers/regularizers.def"
#undef REGULARIZER
    };
    return {kernels, nullptr, static_cast<int>(std::size(kernels))};
}

}  // namespace perceptory::backends::isa
