#include "engine/data/features/Feature.h"

namespace perceptory::data {

const base::Shelf<FeatureType>& features() {
    static const base::Shelf<FeatureType> shelf("feature", {
#define FEATURE(Member) &feature_members::Member,
#include "engine/data/features/features.def"
#undef FEATURE
                                                           });
    return shelf;
}

}  // namespace perceptory::data
