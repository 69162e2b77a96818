#pragma once
// Values of pixels without regard to their places: what operations on tones and colours share.

#include <algorithm>

#include "engine/data/augmentation/Augmentation.h"
#include "engine/data/augmentation/Deviation.h"

namespace perceptory::data {

inline bool hasColour(std::int64_t channels) { return channels == 3 || channels == 4; }

// The channels whose values may change: all but the opacity.
inline std::int64_t toneChannels(const AugmentedImage& image) { return image.channels == 4 ? 3 : image.channels; }

// Luma of ITU-R 601, 0.299 R + 0.587 G + 0.114 B, as PIL; the mean of the channels where they are no colours.
float greyOf(const float* pixel, std::int64_t channels);

inline float kept(const AugmentedImage& image, float value) { return std::clamp(value, image.low, image.high); }

// Calls change(pixel) for each pixel, a pointer to its channels.
template <class Change>
void everyPixel(const AugmentedImage& image, const Change& change) {
    float* const end = image.values.data() + image.values.size();
    for (float* pixel = image.values.data(); pixel < end; pixel += image.channels) change(pixel);
}

// value = change(value) for each tone.
template <class Change>
void everyTone(const AugmentedImage& image, const Change& change) {
    const std::int64_t tones = toneChannels(image);
    if (tones == image.channels) {
        for (float& value : image.values) value = kept(image, change(value));
        return;
    }
    everyPixel(image, [&](float* pixel) {
        for (std::int64_t c = 0; c < tones; ++c) pixel[c] = kept(image, change(pixel[c]));
    });
}

// Where a value lies in its range: 0 … 1.
inline float shareOf(const AugmentedImage& image, float value) {
    return (value - image.low) / (image.high - image.low);
}
inline float valueAt(const AugmentedImage& image, float share) { return image.low + share * (image.high - image.low); }
// The nearest of the 256 levels of a byte.
inline std::uint32_t levelOf(const AugmentedImage& image, float value) {
    const float share = shareOf(image, value);
    return share > 0 ? static_cast<std::uint32_t>(static_cast<std::int32_t>(255 * std::min(share, 1.0f) + 0.5f)) : 0;
}

// An operation of PIL's ImageEnhance: the image and a degenerate of it are blended, degenerate + factor·(image −
// degenerate). A factor of 0 gives the degenerate, 1 the image, more exaggerates. The factor is drawn about 1.
class Enhancement : public Augmentation {
public:
    using Enhance = void (*)(AugmentedImage& image, float factor);

    Enhancement(Enhance enhance, Deviation deviation) : m_enhance(enhance), m_deviation(deviation) {}
    void apply(AugmentedImage& image, base::RandomStream& random) const override;

private:
    Enhance m_enhance;
    Deviation m_deviation;
};

// For the tables of such members.
std::vector<base::ParamType> enhancementParams();

template <Enhancement::Enhance enhance>
std::unique_ptr<const Augmentation> makeEnhancement(const base::ParamValues& values) {
    return std::make_unique<Enhancement>(enhance, Deviation::upTo(values.number("strength")));
}

// RandAugment's factors reach from 0.1 to 1.9.
template <Enhancement::Enhance enhance>
std::unique_ptr<const Augmentation> enhancementAt(double strength) {
    return std::make_unique<Enhancement>(enhance, Deviation::exactly(0.9 * strength));
}

}  // namespace perceptory::data
