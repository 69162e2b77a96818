#include <array>

#include "engine/data/augmentation/BetaDistribution.h"
#include "engine/data/augmentation/Tones.h"

namespace perceptory::data {

namespace {

constexpr std::int64_t mostChains = 10;

struct AugMixSettings {
    std::int64_t width, depth, severity;
    double alpha;
};

// y = (1 − m) x + m Σ wᵢ chainᵢ(x), w from Dirichlet(α, …, α), m from Beta(α, α). The consistency loss of the paper is
// not part of it.
class AugMix : public Augmentation {
public:
    explicit AugMix(const AugMixSettings& settings) : m_settings(settings) {
        for (std::int64_t level = 1; level <= settings.severity; ++level)
            for (auto& operation : operationsAt(static_cast<double>(level) / 10))
                m_operations.push_back(std::move(operation));
    }

    void apply(AugmentedImage& image, base::RandomStream& random) const override {
        thread_local std::vector<float> sum, chain;
        std::array<double, mostChains> weights{};
        const auto width = static_cast<std::size_t>(m_settings.width);
        symmetricDirichlet(m_settings.alpha, std::span(weights).first(width), random);
        const double share = symmetricBeta(m_settings.alpha, random);
        sum.assign(image.values.begin(), image.values.end());
        for (float& value : sum) value *= static_cast<float>(1 - share);
        for (std::size_t i = 0; i < width; ++i) {
            chain.assign(image.values.begin(), image.values.end());
            runChain(image, chain, random);
            const auto weight = static_cast<float>(share * weights[i]);
            for (std::size_t j = 0; j < sum.size(); ++j) sum[j] += weight * chain[j];
        }
        std::ranges::transform(sum, image.values.begin(), [&](float value) { return kept(image, value); });
    }

private:
    void runChain(const AugmentedImage& image, std::span<float> values, base::RandomStream& random) const {
        AugmentedImage copy = image;
        copy.values = values;
        copy.mask = {};
        const std::uint32_t length = 1 + random.below(static_cast<std::uint32_t>(m_settings.depth));
        for (std::uint32_t i = 0; i < length; ++i)
            m_operations[random.below(static_cast<std::uint32_t>(m_operations.size()))]->apply(copy, random);
    }

    AugMixSettings m_settings;
    std::vector<std::unique_ptr<const Augmentation>> m_operations;  // every operation at every strength
};

std::unique_ptr<const Augmentation> make(const base::ParamValues& values) {
    return std::make_unique<AugMix>(AugMixSettings{values.integer("width"), values.integer("depth"),
                                                   values.integer("severity"), values.number("alpha")});
}

}  // namespace

const AugmentationType augmentation_members::AugMix{
    {"aug_mix",
     "AugMix",
     "Changes the image in several chains of operations and blends the results with each other and with the image "
     "itself, by random weights. Makes networks sturdier against blur, noise and weather. Hendrycks et al. 2020, with "
     "all operations of this list that have a strength and without the paper's additional loss.",
     {base::integerParam("width", "Chains", "How many chains are blended.", 3, 1, mostChains, base::Changes::NextBatch),
      base::integerParam("depth", "Longest chain", "A chain has from one to this many operations.", 3, 1, 10,
                         base::Changes::NextBatch),
      base::integerParam("severity", "Severity", "Largest strength of an operation, on RandAugment's scale.", 3, 1, 10,
                         base::Changes::NextBatch),
      base::numberParam("alpha", "α", "Of the distributions of the weights; 1 makes all blends equally likely.", 1,
                        0.05, 10),
      probabilityParam(1)}},
    Moves::ImageOnly,
    true,
    make};

}  // namespace perceptory::data
