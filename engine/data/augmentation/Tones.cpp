#include "engine/data/augmentation/Tones.h"

#include <numeric>

namespace perceptory::data {

float greyOf(const float* pixel, std::int64_t channels) {
    if (hasColour(channels)) return 0.299f * pixel[0] + 0.587f * pixel[1] + 0.114f * pixel[2];
    return std::accumulate(pixel, pixel + channels, 0.0f) / static_cast<float>(channels);
}

void Enhancement::apply(AugmentedImage& image, base::RandomStream& random) const {
    m_enhance(image, static_cast<float>(1 + m_deviation.draw(random)));
}

std::vector<base::ParamType> enhancementParams() {
    return {
        base::numberParam("strength", "Strength",
                          "How far the factor may lie from 1: with 0.4 it is drawn between 0.6 and 1.4.", 0.4, 0, 1),
        probabilityParam(1)};
}

}  // namespace perceptory::data
