#include "engine/data/augmentation/Augmentation.h"

namespace perceptory::data {

namespace {

class RandAugment : public Augmentation {
public:
    RandAugment(std::int64_t count, double strength) : m_count(count), m_operations(operationsAt(strength)) {}
    // One more choice than operations: leaving the image as it is, which is among the paper's.
    void apply(AugmentedImage& image, base::RandomStream& random) const override {
        for (std::int64_t i = 0; i < m_count; ++i) {
            const std::size_t choice = random.below(static_cast<std::uint32_t>(m_operations.size() + 1));
            if (choice < m_operations.size()) m_operations[choice]->apply(image, random);
        }
    }

private:
    std::int64_t m_count;
    std::vector<std::unique_ptr<const Augmentation>> m_operations;
};

std::unique_ptr<const Augmentation> make(const base::ParamValues& values) {
    return std::make_unique<RandAugment>(values.integer("count"), values.number("magnitude") / 10);
}

}  // namespace

const AugmentationType augmentation_members::RandAugment{
    {"rand_augment",
     "RandAugment",
     "Applies N operations in a row, each drawn from those of this list that have a strength, with one magnitude M for "
     "all: two numbers instead of a policy that has to be searched for. Cubuk et al. 2020.",
     {base::integerParam("count", "Operations N", "How many operations are applied in a row.", 2, 1, 10,
                         base::Changes::NextBatch),
      base::numberParam("magnitude", "Magnitude M",
                        "0 changes least; 10 turns by 30°, moves by 45 %, shears by 0.3, keeps 4 bits and changes "
                        "factors by 0.9. Autocontrast and equalize know no strength.",
                        9, 0, 10),
      probabilityParam(1)}},
    Moves::ImageAndMask,
    true,
    make};

}  // namespace perceptory::data
