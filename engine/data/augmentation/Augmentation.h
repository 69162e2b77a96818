#pragma once
// The contract of augmentation: random changes of training images that leave their meaning as it is. A member makes
// operations; which row meets which random numbers is the business of AugmentationPolicy.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/base/Random.h"
#include "engine/base/Shelf.h"

namespace perceptory::data {

// One image with its label map while it is augmented. It owns nothing. low < high; values lie between them before and
// after. With three channels they are red, green and blue; the fourth of four is opacity, which moves with the others
// but keeps its values. With any other number each channel stands for itself.
struct AugmentedImage {
    std::int64_t height = 0, width = 0, channels = 0;
    std::span<float> values;  // [H][W][C]
    float low = 0, high = 1;
    std::span<std::int32_t> mask;  // [H][W], the class of each pixel; or empty
    std::int32_t maskFill = 0;     // the class of what comes in from outside: the background or an ignored class
};

// A made operation. Immutable; any thread may apply it. It allocates nothing once a thread has met an image as large.
class Augmentation {
public:
    virtual ~Augmentation() = default;
    virtual void apply(AugmentedImage& image, base::RandomStream& random) const = 0;
};

// Joins two images of one shape into the first.
class Mixing {
public:
    virtual ~Mixing() = default;
    // The share of the first image's label, 0 … 1. Where the images have masks and pixels were exchanged, so were
    // their classes; the share is then 1, as nothing is left to be weighed.
    virtual float mix(AugmentedImage& image, const AugmentedImage& other, base::RandomStream& random) const = 0;
};

// Where things are afterwards.
enum class Moves {
    Nothing,
    ImageAndMask,  // targets that lie on the pixels have to move too, and masks do
    ImageOnly      // no mask fits any longer
};

// A member has `make` or `makeMixing`.
struct AugmentationType : base::KindType {
    Moves moves = Moves::Nothing;
    bool imagesOnly = true;  // false: it also works on rows without space, as an image of 1×1×F
    std::unique_ptr<const Augmentation> (*make)(const base::ParamValues&) = nullptr;
    // The same operation at a strength from 0 (nothing, or as little as it can) to 1, for RandAugment and AugMix; null
    // where it does not take part.
    std::unique_ptr<const Augmentation> (*atStrength)(double) = nullptr;
    std::unique_ptr<const Mixing> (*makeMixing)(const base::ParamValues&) = nullptr;
};

const base::Shelf<AugmentationType>& augmentations();

// How often a member is applied: every member's parameter "probability", which the policy reads.
base::ParamType probabilityParam(double fallback);

// Every operation of the shelf that has strengths, in the order of the shelf.
std::vector<std::unique_ptr<const Augmentation>> operationsAt(double strength);

namespace augmentation_members {
#define AUGMENTATION(Member) extern const AugmentationType Member;
#include "engine/data/augmentation/augmentation.def"
#undef AUGMENTATION
}  // namespace augmentation_members

}  // namespace perceptory::data
