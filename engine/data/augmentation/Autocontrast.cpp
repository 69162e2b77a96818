#include "engine/data/augmentation/Tones.h"

namespace perceptory::data {

namespace {

void stretch(AugmentedImage& image, std::int64_t channel) {
    float darkest = image.high, brightest = image.low;
    everyPixel(image, [&](const float* pixel) {
        darkest = std::min(darkest, pixel[channel]);
        brightest = std::max(brightest, pixel[channel]);
    });
    if (!(brightest > darkest)) return;
    everyPixel(image, [&](float* pixel) {
        pixel[channel] = kept(image, valueAt(image, (pixel[channel] - darkest) / (brightest - darkest)));
    });
}

class Autocontrast : public Augmentation {
public:
    void apply(AugmentedImage& image, base::RandomStream&) const override {
        for (std::int64_t channel = 0; channel < toneChannels(image); ++channel) stretch(image, channel);
    }
};

std::unique_ptr<const Augmentation> make(const base::ParamValues&) { return std::make_unique<Autocontrast>(); }
std::unique_ptr<const Augmentation> atStrength(double) { return std::make_unique<Autocontrast>(); }

}  // namespace

const AugmentationType augmentation_members::Autocontrast{
    {"autocontrast",
     "Autocontrast",
     "Stretches every channel so that its darkest value becomes black and its brightest white; a channel with a single "
     "value stays. Pillow's ImageOps.autocontrast.",
     {probabilityParam(0.5)}},
    Moves::Nothing,
    true,
    make,
    atStrength};

}  // namespace perceptory::data
