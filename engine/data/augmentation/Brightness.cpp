#include "engine/data/augmentation/Tones.h"

namespace perceptory::data {

namespace {

void enhance(AugmentedImage& image, float factor) {
    everyTone(image, [&](float value) { return image.low + factor * (value - image.low); });
}

}  // namespace

const AugmentationType augmentation_members::Brightness{
    {"brightness", "Brightness",
     "Blends the image with black: y = f x, where x is 0 for black. A factor f below 1 makes it darker, above 1 "
     "brighter. Pillow's ImageEnhance.Brightness.",
     enhancementParams()},
    Moves::Nothing,
    true,
    makeEnhancement<enhance>,
    enhancementAt<enhance>};

}  // namespace perceptory::data
