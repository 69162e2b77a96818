#include "engine/data/augmentation/Plane.h"

namespace perceptory::data {

base::ParamType fillParam(const std::string& fallback) {
    return base::choiceParam("fill", "Beyond the border",
                             "What comes into the image from outside: constant is black, edge the nearest pixel, "
                             "reflect the image mirrored at its border.",
                             fallback, {"constant", "edge", "reflect"}, base::Changes::NextBatch);
}

Fill fillOf(const base::ParamValues& values) {
    const std::string word = values.text("fill");
    if (word == "edge") return Fill::Edge;
    return word == "reflect" ? Fill::Reflect : Fill::Constant;
}

std::int64_t borderIndex(std::int64_t i, std::int64_t n, Fill fill) {
    if (i >= 0 && i < n) return i;
    if (fill == Fill::Constant) return -1;
    if (fill == Fill::Edge || n == 1) return i < 0 ? 0 : n - 1;
    const std::int64_t period = 2 * (n - 1);
    const std::int64_t phase = (i % period + period) % period;
    return phase < n ? phase : period - phase;
}

Plane<float> valuesOf(const AugmentedImage& image) {
    return {image.height, image.width, image.channels, image.values, image.low};
}

Plane<std::int32_t> maskOf(const AugmentedImage& image) {
    return {image.height, image.width, 1, image.mask, image.maskFill};
}

}  // namespace perceptory::data
