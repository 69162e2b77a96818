#include "engine/data/augmentation/Tones.h"

namespace perceptory::data {

namespace {

void enhance(AugmentedImage& image, float factor) {
    double sum = 0;
    everyPixel(image, [&](const float* pixel) { sum += static_cast<double>(greyOf(pixel, image.channels)); });
    const auto mean = static_cast<float>(sum / static_cast<double>(image.height * image.width));
    everyTone(image, [&](float value) { return mean + factor * (value - mean); });
}

}  // namespace

const AugmentationType augmentation_members::Contrast{
    {"contrast", "Contrast",
     "Blends the image with its mean grey m: y = m + f (x − m). A factor f below 1 makes it flatter, above 1 harder. "
     "Pillow's ImageEnhance.Contrast.",
     enhancementParams()},
    Moves::Nothing,
    true,
    makeEnhancement<enhance>,
    enhancementAt<enhance>};

}  // namespace perceptory::data
