#include "engine/data/augmentation/Plane.h"

namespace perceptory::data {

namespace {

class Flip : public Augmentation {
public:
    explicit Flip(bool upDown) : m_upDown(upDown) {}
    void apply(AugmentedImage& image, base::RandomStream&) const override {
        changeBoth(image, [this](const auto& plane) { m_upDown ? mirrorUpDown(plane) : mirrorLeftRight(plane); });
    }

private:
    bool m_upDown;
};

std::unique_ptr<const Augmentation> make(const base::ParamValues& values) {
    return std::make_unique<Flip>(values.text("direction") == "vertical");
}

}  // namespace

const AugmentationType augmentation_members::Flip{
    {"flip",
     "Flip",
     "Mirrors the image. Right for things that look as usual in a mirror, such as animals; wrong for digits and "
     "letters.",
     {base::choiceParam("direction", "Direction", "horizontal exchanges left and right, vertical top and bottom.",
                        "horizontal", {"horizontal", "vertical"}, base::Changes::NextBatch),
      probabilityParam(0.5)}},
    Moves::ImageAndMask,
    true,
    make};

}  // namespace perceptory::data
