#include "engine/data/augmentation/BetaDistribution.h"
#include "engine/data/augmentation/Tones.h"

namespace perceptory::data {

namespace {

class Mixup : public Mixing {
public:
    explicit Mixup(double alpha) : m_alpha(alpha) {}
    float mix(AugmentedImage& image, const AugmentedImage& other, base::RandomStream& random) const override {
        const auto share = static_cast<float>(symmetricBeta(m_alpha, random));
        for (std::size_t i = 0; i < image.values.size(); ++i)
            image.values[i] = kept(image, other.values[i] + share * (image.values[i] - other.values[i]));
        return share;
    }

private:
    double m_alpha;
};

std::unique_ptr<const Mixing> make(const base::ParamValues& values) {
    return std::make_unique<Mixup>(values.number("alpha"));
}

}  // namespace

const AugmentationType augmentation_members::Mixup{
    {"mixup",
     "Mixup",
     "Blends each row with another of its batch, x = λ a + (1 − λ) b, and the loss likewise, λ L(a) + (1 − λ) L(b). λ "
     "is drawn for each pair from a Beta(α, α) distribution. Zhang et al. 2018.",
     {base::numberParam("alpha", "α",
                        "Small values leave most rows nearly as they are; 1 makes every λ equally likely, more keeps λ "
                        "near 1/2.",
                        0.2, 0.01, 10),
      probabilityParam(1)}},
    Moves::Nothing,
    false,
    nullptr,
    nullptr,
    make};

}  // namespace perceptory::data
