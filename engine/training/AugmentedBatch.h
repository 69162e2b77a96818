#pragma once
// A batch of training rows, augmented: images changed at random, labels of pixels moved along, samples mixed in pairs.

#include "engine/data/augmentation/AugmentationPolicy.h"
#include "engine/training/BatchLoader.h"

namespace perceptory::training {

// The augmentations of a run that passed checkAugmentation(); null when it has none.
std::shared_ptr<const data::AugmentationPolicy> augmentationOf(const RunSpec& spec);
// What does not suit the data: augmentations, and rows that cannot be balanced.
void checkAugmented(const RunSpec& spec, const data::Dataset& dataset, base::Problems& problems);

// Which batch of a run it is; the random numbers are a function of this alone.
struct BatchTime {
    std::uint64_t seed = 0;
    std::uint32_t epoch = 0, batch = 0;
    std::uint32_t firstPlace = 0;  // of the batch's rows in the order of the epoch
};

// Owned by one trainer; allocates only when batches grow. What it is made of outlives it.
class AugmentedBatch {
public:
    AugmentedBatch(const data::Dataset& dataset, const data::AugmentationPolicy& policy, const std::vector<Head>& heads,
                   const BatchLoader& loader);

    // As BatchLoader::load, of an objective made for purposeOf(&policy).
    void load(backends::cpu::Executable& executable, const Objective& objective, std::span<const std::uint32_t> rows,
              const BatchTime& time);

private:
    struct Samples {
        std::vector<float> features;      // [rows][featureCount]
        std::vector<std::int32_t> masks;  // [rows][pixels]
    };

    void resize(std::size_t rows);
    data::AugmentedImage image(Samples& samples, std::size_t i) const;
    void change(std::size_t i, std::uint32_t row, const BatchTime& time);
    void mix(std::size_t i, std::size_t count, const BatchTime& time);
    void loadHead(backends::cpu::Executable& executable, const Objective& objective, std::size_t head,
                  std::span<const std::uint32_t> rows);
    void loadMasks(backends::cpu::Executable& executable, const Head& head, const HeadLoss& loss, std::size_t rows,
                   bool others) const;

    const data::Dataset& m_dataset;
    const std::vector<Head>& m_heads;
    const BatchLoader& m_loader;
    const data::AugmentationPolicy& m_policy;
    data::Field m_field;      // the images
    std::size_t m_first = 0;  // of their values in a row of features
    float m_low = 0, m_high = 1;
    std::size_t m_pixels = 0;  // of the masks; 0: none move
    Samples m_own, m_mixed;    // after the changes, and after mixing
    std::vector<std::uint32_t> m_partners;
    std::vector<float> m_shares;
};

}  // namespace perceptory::training
