#include <cmath>

#include "engine/data/augmentation/Deviation.h"
#include "engine/data/augmentation/Plane.h"

namespace perceptory::data {

namespace {

// Whole pixels, as torchvision's RandomAffine: nothing is blurred.
class Translate : public Augmentation {
public:
    Translate(AxisDeviation shares, Fill fill) : m_shares(shares), m_fill(fill) {}
    void apply(AugmentedImage& image, base::RandomStream& random) const override {
        const auto [horizontal, vertical] = m_shares.draw(random);
        const auto dy = std::llround(vertical * static_cast<double>(image.height));
        const auto dx = std::llround(horizontal * static_cast<double>(image.width));
        changeBoth(image, [&](const auto& plane) { shift(plane, dy, dx, m_fill); });
    }

private:
    AxisDeviation m_shares;
    Fill m_fill;
};

std::unique_ptr<const Augmentation> make(const base::ParamValues& values) {
    return std::make_unique<Translate>(
        AxisDeviation{Deviation::upTo(values.number("horizontal")), Deviation::upTo(values.number("vertical"))},
        fillOf(values));
}

// RandAugment moves along one axis, by 0.45 of the size at most.
std::unique_ptr<const Augmentation> atStrength(double strength) {
    const Deviation share = Deviation::exactly(0.45 * strength);
    return std::make_unique<Translate>(AxisDeviation{share, share, true}, Fill::Constant);
}

}  // namespace

const AugmentationType augmentation_members::Translate{
    {"translate",
     "Translate",
     "Moves the image by whole pixels, up to a share of its width and height.",
     {base::numberParam("horizontal", "Horizontal", "Largest way to the left or right, as a share of the width.", 0.1,
                        0, 1),
      base::numberParam("vertical", "Vertical", "Largest way up or down, as a share of the height.", 0.1, 0, 1),
      fillParam("constant"), probabilityParam(1)}},
    Moves::ImageAndMask,
    true,
    make,
    atStrength};

}  // namespace perceptory::data
