#include <cmath>

#include "engine/data/augmentation/RandomExtent.h"
#include "engine/data/augmentation/Tones.h"

namespace perceptory::data {

namespace {

class Cutout : public Augmentation {
public:
    explicit Cutout(double size) : m_size(size) {}
    void apply(AugmentedImage& image, base::RandomStream& random) const override {
        const std::int64_t side = std::llround(m_size * static_cast<double>(std::min(image.height, image.width)));
        const Extent y = randomExtent(image.height, side, random), x = randomExtent(image.width, side, random);
        for (std::int64_t line = y.first; line < y.last; ++line)
            blacken(image, image.values.data() + (line * image.width + x.first) * image.channels, x.length());
    }

private:
    static void blacken(const AugmentedImage& image, float* pixel, std::int64_t count) {
        const std::int64_t tones = toneChannels(image);
        if (tones == image.channels) return void(std::fill_n(pixel, count * tones, image.low));
        for (; count > 0; --count, pixel += image.channels) std::fill_n(pixel, tones, image.low);
    }

    double m_size;
};

std::unique_ptr<const Augmentation> make(const base::ParamValues& values) {
    return std::make_unique<Cutout>(values.number("size"));
}

}  // namespace

const AugmentationType augmentation_members::Cutout{
    {"cutout",
     "Cutout",
     "Blackens a square at a random place, so that the network cannot rely on one part of the image. The square's "
     "centre may be any pixel; what lies outside is cut off. DeVries and Taylor 2017.",
     {base::numberParam("size", "Size", "Side of the square as a share of the image's shorter side.", 0.5, 0, 1),
      probabilityParam(1)}},
    Moves::Nothing,
    true,
    make};

}  // namespace perceptory::data
