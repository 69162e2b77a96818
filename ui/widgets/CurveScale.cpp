#include "ui/widgets/CurveScale.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/Numbers.h"

namespace perceptory::widgets {

namespace {

constexpr int kPatience = 60;  // ticks before an axis that is far too long shrinks
constexpr double kMostRatio = 1e12;
constexpr double kLogRoom = 1.1;   // between the outermost values and the ends of a logarithmic axis
constexpr double kLargest = 1e30;  // a float may be larger, a chart's arithmetic should not be

}  // namespace

AxisRange StepScale::follow(double first, double last) {
    const bool moved = first != m_range.low;
    if (moved || last > m_range.high || last - first < 0.3 * m_range.length()) {
        const double wanted = std::max(last - first, 8.0) * 1.2;
        const double grain = niceStep(wanted / 20);
        m_range = {first, first + std::ceil(wanted / grain) * grain};
    }
    return m_range;
}

AxisRange ValueScale::followLinear(const CurveSpan& values) {
    if (values.empty()) {
        return m_range.length() > 0 ? m_range : AxisRange{0, 1};
    }
    double low = std::clamp(static_cast<double>(values.low), -kLargest, kLargest);
    const double high = std::clamp(static_cast<double>(values.high), -kLargest, kLargest);
    if (low >= 0 && low < 0.6 * high) {
        low = 0;
    }
    const double spread =
        high > low ? std::max(high - low, std::abs(high) * 1e-6) : std::max(0.2 * std::abs(high), 1e-3);
    const bool outside = low < m_range.low || high > m_range.high || m_range.length() == 0;
    m_tooLarge = spread < 0.4 * m_range.length() ? m_tooLarge + 1 : 0;
    const double foot = low == 0 ? 0 : low - 0.04 * spread;
    if (outside || m_tooLarge > kPatience) {
        const double grain = niceStep(spread / 5);
        m_range = {std::floor(foot / grain + 1e-9) * grain, std::ceil((high + 0.04 * spread) / grain) * grain};
        m_tooLarge = 0;
    }
    return m_range;
}

AxisRange ValueScale::decades(const CurveSpan& values) {
    const double high = niceStep(kLogRoom * std::min(static_cast<double>(values.high), kLargest));
    const double low = 1 / niceStep(kLogRoom / std::max(static_cast<double>(values.lowestPositive), high / kMostRatio));
    return {std::min(low, high / 100), high};
}

bool ValueScale::worthLog(const CurveSpan& values) {
    return !values.empty() && values.high > 0 && values.high >= 10 * static_cast<double>(values.lowestPositive);
}

double ValueMap::share(double value) const {
    if (!logarithmic) {
        return (value - range.low) / range.length();
    }
    return std::log10(value / range.low) / std::log10(range.high / range.low);
}

double ValueMap::valueAt(double share) const {
    return logarithmic ? range.low * std::pow(range.high / range.low, share) : range.low + share * range.length();
}

}  // namespace perceptory::widgets
