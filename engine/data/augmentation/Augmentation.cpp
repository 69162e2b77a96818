#include "engine/data/augmentation/Augmentation.h"

namespace perceptory::data {

const base::Shelf<AugmentationType>& augmentations() {
    static const base::Shelf<AugmentationType> shelf("augmentation", {
#define AUGMENTATION(Member) &augmentation_members::Member,
#include "engine/data/augmentation/augmentation.def"
#undef AUGMENTATION
                                                                     });
    return shelf;
}

base::ParamType probabilityParam(double fallback) {
    return base::numberParam("probability", "Probability", "How often an image is changed: 0 is never, 1 is always.",
                             fallback, 0, 1);
}

std::vector<std::unique_ptr<const Augmentation>> operationsAt(double strength) {
    std::vector<std::unique_ptr<const Augmentation>> result;
    for (const AugmentationType* type : augmentations().members())
        if (type->atStrength) result.push_back(type->atStrength(strength));
    return result;
}

}  // namespace perceptory::data
