#include "engine/data/augmentation/Plane.h"
#include "engine/data/augmentation/Tones.h"

namespace perceptory::data {

namespace {

// The outermost pixels have no nine neighbours and stay, as in Pillow.
void enhance(AugmentedImage& image, float factor) {
    const std::int64_t step = image.channels, line = image.width * step, tones = toneChannels(image);
    const float* before = copyOf(valuesOf(image));
    for (std::int64_t y = 1; y + 1 < image.height; ++y)
        for (std::int64_t x = 1; x + 1 < image.width; ++x)
            for (std::int64_t c = 0; c < tones; ++c) {
                const std::int64_t i = y * line + x * step + c;
                const float* p = before + i;
                const float around = p[-line - step] + p[-line] + p[-line + step] + p[-step] + p[step] +
                                     p[line - step] + p[line] + p[line + step];
                const float smooth = (around + 5 * *p) / 13;
                image.values[static_cast<std::size_t>(i)] = kept(image, smooth + factor * (*p - smooth));
            }
}

}  // namespace

const AugmentationType augmentation_members::Sharpness{
    {"sharpness", "Sharpness",
     "Blends the image with a smoothed one, s = (5 x + the sum of its eight neighbours) / 13: y = s + f (x − s). A "
     "factor f below 1 blurs, above 1 sharpens. Pillow's ImageEnhance.Sharpness.",
     enhancementParams()},
    Moves::Nothing,
    true,
    makeEnhancement<enhance>,
    enhancementAt<enhance>};

}  // namespace perceptory::data
