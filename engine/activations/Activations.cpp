#include "engine/activations/Activation.h"
#include "engine/backends/isa/Tables.h"

namespace perceptory::activations {

#define ACTIVATION(Member)                                 \
    extern const backends::UnaryKernels kernelsOf##Member; \
    extern const backends::isa::TinyUnary tinyOf##Member;
#define FUNCTION ACTIVATION
#include "engine/activations/activations.def"
#include "engine/activations/functions.def"
#undef FUNCTION
#undef ACTIVATION

#ifndef PERCEPTORY_KERNELS

#    define ACTIVATION(Member) extern const ActivationType typeOf##Member;
#    include "engine/activations/activations.def"
#    undef ACTIVATION

double ActivationType::p(const base::Json& given) const {
    return formulaParameter.empty() ? 0 : base::ParamValues(parameters, given).number(formulaParameter);
}

const base::Shelf<ActivationType>& shelf() {
    static const base::Shelf<ActivationType> all("activation", {
#    define ACTIVATION(Member) &typeOf##Member,
#    include "engine/activations/activations.def"
#    undef ACTIVATION
                                                               });
    return all;
}

std::vector<const base::KindType*> kinds() { return shelf().kinds(); }

#    define FUNCTION(Member) extern const UnaryText textOf##Member;
#    include "engine/activations/functions.def"
#    undef FUNCTION

const std::vector<UnaryText>& formulas() {
    static const std::vector<UnaryText> all = [] {
        std::vector<UnaryText> result{
#    define FUNCTION(Member) textOf##Member,
#    include "engine/activations/functions.def"
#    undef FUNCTION
        };
        for (const ActivationType* type : shelf().members()) result.push_back({type->id, type->text, type->forward});
        return result;
    }();
    return all;
}

#endif

}  // namespace perceptory::activations

namespace perceptory::backends::isa {

UnaryTable unaryTable() {
    static const UnaryKernels kernels[] = {
#define ACTIVATION(Member) activations::kernelsOf##Member,
#define FUNCTION ACTIVATION
#include "engine/activations/activations.def"
#include "engine/activations/functions.def"
#undef FUNCTION
#undef ACTIVATION
    };
    static const TinyUnary tiny[] = {
#define ACTIVATION(Member) activations::tinyOf##Member,
#define FUNCTION ACTIVATION
#include "engine/activations/activations.def"
#include "engine/activations/functions.def"
#undef FUNCTION
#undef ACTIVATION
    };
    return {kernels, tiny, static_cast<int>(std::size(kernels))};
}

}  // namespace perceptory::backends::isa
