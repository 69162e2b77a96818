#include "engine/data/augmentation/Deviation.h"
#include "engine/data/augmentation/Warp.h"

namespace perceptory::data {

namespace {

class Shear : public Augmentation {
public:
    Shear(AxisDeviation slopes, Fill fill) : m_slopes(slopes), m_fill(fill) {}
    void apply(AugmentedImage& image, base::RandomStream& random) const override {
        const auto [horizontal, vertical] = m_slopes.draw(random);
        warp(image, shearing(horizontal, vertical), m_fill);
    }

private:
    AxisDeviation m_slopes;
    Fill m_fill;
};

std::unique_ptr<const Augmentation> make(const base::ParamValues& values) {
    return std::make_unique<Shear>(
        AxisDeviation{Deviation::upTo(values.number("horizontal")), Deviation::upTo(values.number("vertical"))},
        fillOf(values));
}

// RandAugment shears along one axis, by 0.3 at most.
std::unique_ptr<const Augmentation> atStrength(double strength) {
    const Deviation slope = Deviation::exactly(0.3 * strength);
    return std::make_unique<Shear>(AxisDeviation{slope, slope, true}, Fill::Constant);
}

}  // namespace

const AugmentationType augmentation_members::Shear{
    {"shear",
     "Shear",
     "Slants the image about its centre: rows move sideways in proportion to their height, x' = x + s y, and columns "
     "likewise. A slope of 0.2 is an angle of 11°.",
     {base::numberParam("horizontal", "Horizontal", "Largest slope s of upright lines, either way.", 0.2, 0, 1),
      base::numberParam("vertical", "Vertical", "Largest slope of level lines, either way.", 0, 0, 1),
      fillParam("constant"), probabilityParam(1)}},
    Moves::ImageAndMask,
    true,
    make,
    atStrength};

}  // namespace perceptory::data
