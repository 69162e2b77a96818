#include <array>

#include "engine/data/augmentation/Tones.h"

namespace perceptory::data {

namespace {

// Pillow works with whole steps of (n − last)/255 pixels, where `last` counts the brightest level. Left unrounded, its
// formula is the share of darker pixels among those that are not the brightest, which suits small images too.
void equalize(AugmentedImage& image, std::int64_t channel) {
    std::array<std::int64_t, 256> counts{};
    std::uint32_t brightest = 0;
    everyPixel(image, [&](const float* pixel) {
        const std::uint32_t level = levelOf(image, pixel[channel]);
        ++counts[level];
        brightest = std::max(brightest, level);
    });
    const std::int64_t others = image.height * image.width - counts[brightest];
    if (others == 0) return;
    std::array<float, 256> table{};
    std::int64_t darker = 0;
    for (std::size_t level = 0; level <= brightest; ++level) {
        table[level] = kept(image, valueAt(image, static_cast<float>(darker) / static_cast<float>(others)));
        darker += counts[level];
    }
    everyPixel(image, [&](float* pixel) { pixel[channel] = table[levelOf(image, pixel[channel])]; });
}

class Equalize : public Augmentation {
public:
    void apply(AugmentedImage& image, base::RandomStream&) const override {
        for (std::int64_t channel = 0; channel < toneChannels(image); ++channel) equalize(image, channel);
    }
};

std::unique_ptr<const Augmentation> make(const base::ParamValues&) { return std::make_unique<Equalize>(); }
std::unique_ptr<const Augmentation> atStrength(double) { return std::make_unique<Equalize>(); }

}  // namespace

const AugmentationType augmentation_members::Equalize{
    {"equalize",
     "Equalize",
     "Spreads the 256 levels of every channel so that all are about equally frequent: a level becomes the share of "
     "darker pixels among those that are not the brightest. Pillow's ImageOps.equalize without its rounding.",
     {probabilityParam(0.5)}},
    Moves::Nothing,
    true,
    make,
    atStrength};

}  // namespace perceptory::data
