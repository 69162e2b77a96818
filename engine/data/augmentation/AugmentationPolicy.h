#pragma once
// The augmentations of a project, in their order, and the random numbers they get. Those are a function of the seed and
// of what is augmented alone, so that a row looks the same in every run with any number of threads.

#include <cstddef>
#include <optional>

#include "engine/data/augmentation/Augmentation.h"

namespace perceptory::data {

// A place in a batch. Its random numbers depend on all but `size`; its partner on the size too.
struct BatchPlace {
    std::uint64_t seed = 0;
    std::uint32_t epoch = 0;
    std::uint32_t batch = 0;     // counted from 0 in its epoch
    std::uint32_t position = 0;  // in the batch
    std::uint32_t size = 0;      // of the batch
};

// Immutable; any thread.
class AugmentationPolicy {
public:
    // `specs` have passed checkAugmentation().
    static std::shared_ptr<const AugmentationPolicy> make(const std::vector<base::KindSpec>& specs);

    // Whether apply() may do anything, and whether rows may be mixed.
    bool changes() const { return !m_steps.empty(); }
    bool mixes() const { return !m_mixings.empty(); }

    // Everything but mixing. `row` tells samples apart: the row, or its place in the epoch where rows are repeated.
    void apply(AugmentedImage& image, std::uint64_t seed, std::uint32_t epoch, std::uint32_t row) const;

    // The position of the row to mix in; none where this place stays unmixed. In one batch all partners lie equally far
    // apart, so each row is met at most once.
    std::optional<std::uint32_t> partner(const BatchPlace& place) const;
    // For places with a partner: mixes `other` in, the partner after apply(), and gives the share of the image's own
    // label. Of several mixings in the list one is drawn.
    float mix(AugmentedImage& image, const AugmentedImage& other, const BatchPlace& place) const;

private:
    template <class Operation>
    struct Step {
        std::unique_ptr<const Operation> operation;
        double probability;
        std::uint32_t place;  // in the list
    };
    struct Draw;

    Draw draw(const BatchPlace& place) const;

    std::vector<Step<Augmentation>> m_steps;
    std::vector<Step<Mixing>> m_mixings;
};

}  // namespace perceptory::data
