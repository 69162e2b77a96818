#include "engine/data/augmentation/Deviation.h"
#include "engine/data/augmentation/Warp.h"

namespace perceptory::data {

namespace {

class Rotate : public Augmentation {
public:
    Rotate(Deviation degrees, Fill fill) : m_degrees(degrees), m_fill(fill) {}
    void apply(AugmentedImage& image, base::RandomStream& random) const override {
        warp(image, rotation(m_degrees.draw(random)), m_fill);
    }

private:
    Deviation m_degrees;
    Fill m_fill;
};

std::unique_ptr<const Augmentation> make(const base::ParamValues& values) {
    return std::make_unique<Rotate>(Deviation::upTo(values.number("degrees")), fillOf(values));
}

std::unique_ptr<const Augmentation> atStrength(double strength) {
    return std::make_unique<Rotate>(Deviation::exactly(30 * strength), Fill::Constant);
}

}  // namespace

const AugmentationType augmentation_members::Rotate{
    {"rotate",
     "Rotate",
     "Turns the image about its centre by a random angle, either way, with bilinear interpolation.",
     {[] {
          base::ParamType degrees = base::numberParam("degrees", "Angle", "Largest angle either way.", 15, 0, 180);
          degrees.unit = "°";
          return degrees;
      }(),
      fillParam("constant"), probabilityParam(1)}},
    Moves::ImageAndMask,
    true,
    make,
    atStrength};

}  // namespace perceptory::data
