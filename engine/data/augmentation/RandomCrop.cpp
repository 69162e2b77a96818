#include "engine/data/augmentation/Plane.h"

namespace perceptory::data {

namespace {

// A window of the image's own size in the padded image is the image moved by at most the padding.
class RandomCrop : public Augmentation {
public:
    RandomCrop(std::int64_t padding, Fill fill) : m_padding(padding), m_fill(fill) {}
    void apply(AugmentedImage& image, base::RandomStream& random) const override {
        const std::int64_t dy = draw(random), dx = draw(random);
        changeBoth(image, [&](const auto& plane) { shift(plane, dy, dx, m_fill); });
    }

private:
    std::int64_t draw(base::RandomStream& random) const {
        return static_cast<std::int64_t>(random.below(static_cast<std::uint32_t>(2 * m_padding + 1))) - m_padding;
    }

    std::int64_t m_padding;
    Fill m_fill;
};

std::unique_ptr<const Augmentation> make(const base::ParamValues& values) {
    return std::make_unique<RandomCrop>(values.integer("padding"), fillOf(values));
}

}  // namespace

const AugmentationType augmentation_members::RandomCrop{
    {"random_crop",
     "Random crop",
     "Pads the image on all sides and cuts a window of its own size out of it at a random place. With 4 pixels and a "
     "horizontal flip it is the usual augmentation of CIFAR-10 (He et al. 2016).",
     {base::integerParam("padding", "Padding", "Pixels added on each side.", 4, 0, 64, base::Changes::NextBatch),
      fillParam("constant"), probabilityParam(1)}},
    Moves::ImageAndMask,
    true,
    make};

}  // namespace perceptory::data
