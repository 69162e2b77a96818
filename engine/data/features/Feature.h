#pragma once
// The contract of features of the plane: a number computed from x1 and x2.

#include <string>

#include "engine/base/Shelf.h"

namespace perceptory::data {

struct FeatureType : base::KindType {
    float (*compute)(float x1, float x2) = nullptr;
    // The same in the language of Formula, for exporters; empty where that language cannot say it.
    std::string formula;
};

const base::Shelf<FeatureType>& features();

namespace feature_members {
#define FEATURE(Member) extern const FeatureType Member;
#include "engine/data/features/features.def"
#undef FEATURE
}  // namespace feature_members

}  // namespace perceptory::data
