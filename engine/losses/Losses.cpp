#include "engine/backends/isa/Tables.h"
#include "engine/losses/Loss.h"

namespace perceptory::losses {

#define LOSS(Member)                                      \
    extern const backends::LossKernels kernelsOf##Member; \
    extern const backends::isa::TinyLoss tinyOf##Member;
#include "engine/losses/losses.def"
#undef LOSS

#ifndef PERCEPTORY_KERNELS

#    define LOSS(Member) extern const LossType typeOf##Member;
#    include "engine/losses/losses.def"
#    undef LOSS

TargetEncoding LossType::encodingFor(int outputs, bool sigmoidEnd) const {
    if (reads != Outputs::Numbers) return classTargets;
    return outputs == 1 && !sigmoidEnd ? TargetEncoding::PlusMinusOne : TargetEncoding::ZeroOne;
}

const base::Shelf<LossType>& shelf() {
    static const base::Shelf<LossType> all("loss", {
#    define LOSS(Member) &typeOf##Member,
#    include "engine/losses/losses.def"
#    undef LOSS
                                                   });
    return all;
}

std::vector<const base::KindType*> kinds() { return shelf().kinds(); }

#endif

}  // namespace perceptory::losses

namespace perceptory::backends::isa {

LossTable lossTable() {
    static const LossKernels kernels[] = {
#define LOSS(Member) losses::kernelsOf##Member,
#include "engine/losses/losses.def"
#undef LOSS
    };
    static const TinyLoss tiny[] = {
#define LOSS(Member) losses::tinyOf##Member,
#include "engine/losses/losses.def"
#undef LOSS
    };
    return {kernels, tiny, static_cast<int>(std::size(kernels))};
}

}  // namespace perceptory::backends::isa
