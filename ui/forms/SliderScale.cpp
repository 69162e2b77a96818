#include "ui/forms/SliderScale.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/Numbers.h"

namespace perceptory::forms {

namespace {

constexpr int sliderSteps = 100, offeredSteps = 10;

double fallbackOf(const base::ParamType& type) {
    return type.fallback.is_number() ? std::abs(type.fallback.get<double>()) : 0;
}

// Even steps would pass over the useful values of such a range.
bool isWide(const base::ParamType& type) {
    const double fallback = fallbackOf(type), range = type.maximum - type.minimum;
    return type.logScale || (type.step == 0 && range > (fallback > 0 ? 500 * fallback : 100));
}

// 0.3, not 0.30000000000000004.
double rounded(double value) { return std::round(value * 1e9) / 1e9; }

std::vector<double> evenValues(const base::ParamType& type, double step) {
    std::vector<double> values{type.minimum};
    for (double k = std::floor(type.minimum / step) + 1; rounded(k * step) < type.maximum; ++k)
        values.push_back(rounded(k * step));
    values.push_back(type.maximum);
    return values;
}

// What is told apart from 0 at all.
double leastSize(const base::ParamType& type) {
    if (type.minimum > 0) return type.minimum;
    const double fallback = fallbackOf(type);
    if (type.minimum < 0) return fallback > 0 ? fallback / 100 : 0.01;
    return fallback > 0 ? fallback / 10000 : type.maximum / 1e6;
}

std::vector<double> powerValues(const base::ParamType& type, const std::vector<double>& factors) {
    std::vector<double> values{type.minimum, type.maximum};
    const double largest = std::max(std::abs(type.minimum), std::abs(type.maximum)), least = leastSize(type);
    if (type.minimum < 0 && type.maximum > 0) values.push_back(0);
    const int first = static_cast<int>(std::floor(std::log10(least))), last = static_cast<int>(std::log10(largest));
    for (int power = first; power <= last; ++power)
        for (const double factor : factors) {
            // Divided by a whole power: 0.001, not 0.0010000000000000002.
            const double size = power < 0 ? factor / std::pow(10, -power) : factor * std::pow(10, power);
            if (size < least * (1 - 1e-9)) continue;
            for (const double value : {size, -size})
                if (value > type.minimum && value < type.maximum) values.push_back(value);
        }
    std::ranges::sort(values);
    return values;
}

}  // namespace

std::vector<double> sliderValues(const base::ParamType& type) {
    if (type.maximum <= type.minimum) return {type.minimum};
    const double range = type.maximum - type.minimum;
    if (isWide(type))
        return powerValues(type,
                           type.minimum < 0 ? std::vector<double>{1, 2, 5} : std::vector<double>{1, 1.5, 2, 3, 5, 7});
    const double nice = widgets::niceStep(range / sliderSteps);
    return evenValues(type, type.step > 0 && range / type.step <= 4 * sliderSteps ? type.step : nice);
}

std::vector<double> offeredValues(const base::ParamType& type) {
    if (type.maximum <= type.minimum) return {type.minimum};
    if (isWide(type)) return powerValues(type, {1});
    return evenValues(type, widgets::niceStep((type.maximum - type.minimum) / offeredSteps));
}

}  // namespace perceptory::forms
