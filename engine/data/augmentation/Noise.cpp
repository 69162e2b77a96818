#include <array>
#include <cmath>
#include <numbers>

#include "engine/data/augmentation/Tones.h"

namespace perceptory::data {

namespace {

constexpr std::size_t levels = 4096;

// Normal variates that are equally likely: the quantiles at (i + 1/2)/levels, by Newton's method from one to the next.
std::array<float, levels> normalQuantiles() {
    std::array<float, levels> result{};
    double x = -3.7;  // near the first
    for (std::size_t i = 0; i < levels / 2; ++i) {
        const double wanted = (static_cast<double>(i) + 0.5) / levels;
        for (int iteration = 0; iteration < 8; ++iteration) {
            const double reached = std::erfc(-x / std::numbers::sqrt2) / 2;
            x -= (reached - wanted) * std::sqrt(2 * std::numbers::pi) * std::exp(x * x / 2);
        }
        result[i] = static_cast<float>(x);
        result[levels - 1 - i] = -result[i];
    }
    return result;
}

// Every value needs a variate, so they are looked up: two for each 32 random bits, several times as fast as the exact
// ones of RandomStream.
class NormalTable {
public:
    explicit NormalTable(base::RandomStream& random) : m_random(random), m_quantiles(table()) {}
    float next() {
        m_bits = m_halfLeft ? m_bits << 16 : m_random.bits();
        m_halfLeft = !m_halfLeft;
        return m_quantiles[m_bits >> 20];
    }

private:
    static const std::array<float, levels>& table() {
        static const std::array<float, levels> quantiles = normalQuantiles();
        return quantiles;
    }

    base::RandomStream& m_random;
    const std::array<float, levels>& m_quantiles;
    std::uint32_t m_bits = 0;
    bool m_halfLeft = false;
};

class Noise : public Augmentation {
public:
    explicit Noise(double deviation) : m_deviation(static_cast<float>(deviation)) {}
    void apply(AugmentedImage& image, base::RandomStream& random) const override {
        NormalTable normal(random);
        const float deviation = m_deviation * (image.high - image.low);
        everyTone(image, [&](float value) { return value + deviation * normal.next(); });
    }

private:
    float m_deviation;
};

std::unique_ptr<const Augmentation> make(const base::ParamValues& values) {
    return std::make_unique<Noise>(values.number("deviation"));
}

}  // namespace

const AugmentationType augmentation_members::Noise{
    {"noise",
     "Noise",
     "Adds Gaussian noise to each value by itself, y = x + σ n with n from N(0, 1), and keeps the result in the range.",
     {base::numberParam("deviation", "Standard deviation", "σ, as a share of the range from black to white.", 0.05, 0,
                        1),
      probabilityParam(1)}},
    Moves::Nothing,
    true,
    make};

}  // namespace perceptory::data
