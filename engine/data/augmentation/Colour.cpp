#include "engine/data/augmentation/Tones.h"

namespace perceptory::data {

namespace {

void enhance(AugmentedImage& image, float factor) {
    if (!hasColour(image.channels)) return;
    everyPixel(image, [&](float* pixel) {
        const float grey = greyOf(pixel, image.channels);
        for (int c = 0; c < 3; ++c) pixel[c] = kept(image, grey + factor * (pixel[c] - grey));
    });
}

}  // namespace

const AugmentationType augmentation_members::Colour{
    {"colour", "Colour",
     "Blends each pixel with its own grey g = 0.299 R + 0.587 G + 0.114 B: y = g + f (x − g). A factor f below 1 makes "
     "the image paler, above 1 more colourful. Grey images stay as they are. Pillow's ImageEnhance.Color.",
     enhancementParams()},
    Moves::Nothing,
    true,
    makeEnhancement<enhance>,
    enhancementAt<enhance>};

}  // namespace perceptory::data
