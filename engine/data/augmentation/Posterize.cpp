#include <cmath>

#include "engine/data/augmentation/Tones.h"

namespace perceptory::data {

namespace {

class Posterize : public Augmentation {
public:
    explicit Posterize(std::int64_t bits) : m_kept(0xFFu << (8 - bits)) {}
    void apply(AugmentedImage& image, base::RandomStream&) const override {
        everyTone(image, [&](float value) {
            return valueAt(image, static_cast<float>(levelOf(image, value) & m_kept) / 255);
        });
    }

private:
    std::uint32_t m_kept;
};

std::unique_ptr<const Augmentation> make(const base::ParamValues& values) {
    return std::make_unique<Posterize>(values.integer("bits"));
}

// From 8 bits to 4, as torchvision's RandAugment.
std::unique_ptr<const Augmentation> atStrength(double strength) {
    return std::make_unique<Posterize>(8 - std::llround(4 * strength));
}

}  // namespace

const AugmentationType augmentation_members::Posterize{
    {"posterize",
     "Posterize",
     "Keeps only the highest bits of each value as a byte, so that few levels are left. Pillow's ImageOps.posterize.",
     {base::integerParam("bits", "Bits", "How many of the 8 bits are kept.", 4, 1, 8, base::Changes::NextBatch),
      probabilityParam(0.5)}},
    Moves::Nothing,
    true,
    make,
    atStrength};

}  // namespace perceptory::data
