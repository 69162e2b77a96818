#include "engine/data/augmentation/Tones.h"

namespace perceptory::data {

namespace {

class Solarize : public Augmentation {
public:
    explicit Solarize(double threshold) : m_threshold(static_cast<float>(threshold)) {}
    void apply(AugmentedImage& image, base::RandomStream&) const override {
        everyTone(image, [&](float value) {
            return shareOf(image, value) >= m_threshold ? image.high - (value - image.low) : value;
        });
    }

private:
    float m_threshold;
};

std::unique_ptr<const Augmentation> make(const base::ParamValues& values) {
    return std::make_unique<Solarize>(values.number("threshold"));
}

// From 256 of 255 levels, which inverts nothing, to 0, which inverts all.
std::unique_ptr<const Augmentation> atStrength(double strength) {
    return std::make_unique<Solarize>((1 - strength) * 256 / 255);
}

}  // namespace

const AugmentationType augmentation_members::Solarize{
    {"solarize",
     "Solarize",
     "Inverts the values from the threshold on: y = 1 − x where x ≥ t. Pillow's ImageOps.solarize.",
     {base::numberParam("threshold", "Threshold", "Brightness, from 0 to 1, from which values are inverted.", 0.5, 0,
                        1),
      probabilityParam(0.5)}},
    Moves::Nothing,
    true,
    make,
    atStrength};

}  // namespace perceptory::data
