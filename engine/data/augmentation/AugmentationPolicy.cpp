#include "engine/data/augmentation/AugmentationPolicy.h"

#include <array>

namespace perceptory::data {

namespace {

// A stream of its own for every purpose and address: Philox makes its key from both.
base::RandomStream streamOf(const char* purpose, std::uint64_t seed, std::array<std::uint32_t, 3> address) {
    const auto words = base::philox({address[0], address[1], address[2], base::stableHash(purpose)},
                                    {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
    return {words[0] | std::uint64_t{words[1]} << 32, words[2], words[3]};
}

}  // namespace

std::shared_ptr<const AugmentationPolicy> AugmentationPolicy::make(const std::vector<base::KindSpec>& specs) {
    auto policy = std::make_shared<AugmentationPolicy>();
    for (std::size_t i = 0; i < specs.size(); ++i) {
        const AugmentationType& type = augmentations().get(specs[i].type, "data.augmentation");
        const base::ParamValues values(type.parameters, specs[i].parameters);
        const double probability = values.number("probability");
        const auto place = static_cast<std::uint32_t>(i);
        if (type.make) policy->m_steps.push_back({type.make(values), probability, place});
        if (type.makeMixing) policy->m_mixings.push_back({type.makeMixing(values), probability, place});
    }
    return policy;
}

void AugmentationPolicy::apply(AugmentedImage& image, std::uint64_t seed, std::uint32_t epoch,
                               std::uint32_t row) const {
    for (const Step<Augmentation>& step : m_steps) {
        base::RandomStream random = streamOf("augmentation", seed, {epoch, row, step.place});
        if (random.uniform() < step.probability) step.operation->apply(image, random);
    }
}

// What a place draws before it mixes: both partner() and mix() begin with it.
struct AugmentationPolicy::Draw {
    const Mixing* mixing;  // null: none
    base::RandomStream random;
};

AugmentationPolicy::Draw AugmentationPolicy::draw(const BatchPlace& place) const {
    base::RandomStream random = streamOf("augmentation.mix", place.seed, {place.epoch, place.batch, place.position});
    if (!mixes()) return {nullptr, random};
    const Step<Mixing>& step = m_mixings[random.below(static_cast<std::uint32_t>(m_mixings.size()))];
    const bool takesPart = random.uniform() < step.probability;
    return {takesPart ? step.operation.get() : nullptr, random};
}

std::optional<std::uint32_t> AugmentationPolicy::partner(const BatchPlace& place) const {
    if (place.size < 2 || !draw(place).mixing) return std::nullopt;
    base::RandomStream random = streamOf("augmentation.partner", place.seed, {place.epoch, place.batch, 0});
    return (place.position + 1 + random.below(place.size - 1)) % place.size;
}

float AugmentationPolicy::mix(AugmentedImage& image, const AugmentedImage& other, const BatchPlace& place) const {
    Draw drawn = draw(place);
    return drawn.mixing ? drawn.mixing->mix(image, other, drawn.random) : 1;
}

}  // namespace perceptory::data
