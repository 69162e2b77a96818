#include "engine/training/probes/ActivationEnds.h"

#include <cmath>

#include "engine/activations/Activation.h"

namespace perceptory::training {

ActivationEnds activationEnds(const network::NodeSpec& node) {
    base::Problems ignored;
    const auto spec = base::KindSpec::fromJson(node.parameters.value("activation", base::Json("linear")), {}, ignored);
    const activations::ActivationType* type = activations::shelf().find(spec.type);
    if (!type) return {};
    constexpr double far = 1e4, bounded = 100;
    const auto end = [&](double x) {
        const double y = type->forward(x, type->p(spec.parameters));
        return std::abs(y) < bounded ? std::optional(y) : std::nullopt;
    };
    return {end(-far), end(far)};
}

bool ActivationEnds::isNear(float value) const {
    constexpr double near = 0.01;
    const auto lies = [&](const std::optional<double>& end) { return end && std::abs(double{value} - *end) < near; };
    return lies(low) || lies(high);
}

Stillness stillnessOf(std::span<const float> values, std::int64_t units, std::int64_t each,
                      const ActivationEnds& ends) {
    if (units <= 0 || (!ends.low && !ends.high)) return {};
    const auto count = static_cast<std::size_t>(units);
    std::vector<char> silent(count, ends.low == 0 || ends.high == 0), still(count, true);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t unit = i / static_cast<std::size_t>(each) % count;
        silent[unit] = silent[unit] && values[i] == 0;
        still[unit] = still[unit] && ends.isNear(values[i]);
    }
    Stillness result;
    for (std::size_t unit = 0; unit < count; ++unit) {
        if (silent[unit])
            ++result.dead;
        else if (still[unit])
            ++result.saturated;
    }
    result.dead /= static_cast<double>(units);
    result.saturated /= static_cast<double>(units);
    return result;
}

}  // namespace perceptory::training
