#include <cmath>

#include "engine/data/augmentation/Warp.h"

namespace perceptory::data {

namespace {

class Scale : public Augmentation {
public:
    Scale(double minimum, double maximum, Fill fill)
        : m_logMinimum(std::log(minimum)), m_logMaximum(std::log(maximum)), m_fill(fill) {}
    void apply(AugmentedImage& image, base::RandomStream& random) const override {
        warp(image, zooming(std::exp(random.uniform(m_logMinimum, m_logMaximum))), m_fill);
    }

private:
    double m_logMinimum, m_logMaximum;
    Fill m_fill;
};

std::unique_ptr<const Augmentation> make(const base::ParamValues& values) {
    return std::make_unique<Scale>(values.number("minimum"), values.number("maximum"), fillOf(values));
}

}  // namespace

const AugmentationType augmentation_members::Scale{
    {"scale",
     "Scale",
     "Enlarges or shrinks the content about the centre; the image keeps its size. The factor is drawn evenly in its "
     "logarithm, so that half and double are equally likely.",
     {base::numberParam("minimum", "Smallest factor", "Below 1 the content shrinks.", 0.8, 0.25, 4),
      base::numberParam("maximum", "Largest factor", "Above 1 the content grows beyond the border.", 1.25, 0.25, 4),
      fillParam("constant"), probabilityParam(1)}},
    Moves::ImageAndMask,
    true,
    make};

}  // namespace perceptory::data
