#include <cmath>

#include "engine/data/augmentation/BetaDistribution.h"
#include "engine/data/augmentation/Plane.h"
#include "engine/data/augmentation/RandomExtent.h"

namespace perceptory::data {

namespace {

template <class T>
void paste(const Plane<T>& to, const Plane<T>& from, Extent lines, Extent columns) {
    for (std::int64_t y = lines.first; y < lines.last; ++y) {
        const std::int64_t start = (y * to.width + columns.first) * to.channels;
        std::copy_n(from.values.data() + start, columns.length() * to.channels, to.values.data() + start);
    }
}

std::int64_t shareOf(std::int64_t size, double share) {
    return static_cast<std::int64_t>(static_cast<double>(size) * share);
}

class Cutmix : public Mixing {
public:
    explicit Cutmix(double alpha) : m_alpha(alpha) {}
    float mix(AugmentedImage& image, const AugmentedImage& other, base::RandomStream& random) const override {
        const double side = std::sqrt(1 - symmetricBeta(m_alpha, random));
        const Extent y = randomExtent(image.height, shareOf(image.height, side), random);
        const Extent x = randomExtent(image.width, shareOf(image.width, side), random);
        paste(valuesOf(image), valuesOf(other), y, x);
        if (!image.mask.empty()) {
            paste(maskOf(image), maskOf(other), y, x);
            return 1;
        }
        const std::int64_t replaced = y.length() * x.length();
        return 1 - static_cast<float>(replaced) / static_cast<float>(image.height * image.width);
    }

private:
    double m_alpha;
};

std::unique_ptr<const Mixing> make(const base::ParamValues& values) {
    return std::make_unique<Cutmix>(values.number("alpha"));
}

}  // namespace

const AugmentationType augmentation_members::Cutmix{
    {"cutmix",
     "CutMix",
     "Replaces a box of each image by the same box of another of its batch. The box takes a share 1 − λ of the image, "
     "and the loss is λ L(a) + (1 − λ) L(b). λ is drawn from a Beta(α, α) distribution; then the part of the box that "
     "lies outside does not count. Where every pixel has a class, classes are replaced too. Yun et al. 2019.",
     {base::numberParam("alpha", "α",
                        "1 makes every size of the box equally likely; less favours large and small ones.", 1, 0.01,
                        10),
      probabilityParam(0.5)}},
    Moves::ImageAndMask,
    true,
    nullptr,
    nullptr,
    make};

}  // namespace perceptory::data
