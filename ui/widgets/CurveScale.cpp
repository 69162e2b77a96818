#include "ui/widgets/CurveScale.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "ui/widgets/Numbers.h"

namespace perceptory::widgets {

namespace {

// Within 2e-5, a thousandth of a pixel on an axis; std::log2 would be most of what a logarithmic plot costs. Exponent
// from the bits, then ln m = 2·artanh((m − 1) / (m + 1)) as a series for m in [√½, √2).
float quickLog2(float value) {
    if (!(value >= std::numeric_limits<float>::min())) {
        return value > 0 ? -126.0f : -std::numeric_limits<float>::infinity();
    }
    const auto bits = std::bit_cast<std::uint32_t>(value);
    int exponent = static_cast<int>(bits >> 23) - 127;
    auto mantissa = std::bit_cast<float>((bits & 0x7fffffu) | 0x3f800000u);
    if (mantissa > std::numbers::sqrt2_v<float>) {
        mantissa /= 2;
        ++exponent;
    }
    const float t = (mantissa - 1) / (mantissa + 1);
    const float t2 = t * t;
    const float ln = 2 * t * (1 + t2 * (1 / 3.0f + t2 * (1 / 5.0f + t2 / 7.0f)));
    return static_cast<float>(exponent) + ln * std::numbers::log2e_v<float>;
}

constexpr int kPatience = 60;  // ticks before an axis that is far too long shrinks
constexpr double kMostRatio = 1e12;
constexpr double kLogRoom = 1.1;   // between the outermost values and the ends of a logarithmic axis
constexpr double kLargest = 1e30;  // a float may be larger, a chart's arithmetic should not be

std::vector<double> roundValues(AxisRange range) {
    std::vector<double> values;
    const int last = static_cast<int>(std::floor(std::log10(range.high) + 1e-9));
    for (int decade = static_cast<int>(std::floor(std::log10(range.low))); decade <= last; ++decade) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            const double value = factor * std::pow(10.0, decade);
            if (value >= range.low * (1 - 1e-9) && value <= range.high * (1 + 1e-9)) {
                values.push_back(value);
            }
        }
    }
    return values;
}

// The least number of decades, all or each second, third …, that leaves no more than `most`.
std::vector<double> wholeDecades(AxisRange range, int most) {
    const int first = static_cast<int>(std::ceil(std::log10(range.low) - 1e-9));
    const int last = static_cast<int>(std::floor(std::log10(range.high) + 1e-9));
    const int stride = std::max(1, (last - first + most - 2) / (most - 1));
    // Counted from 1, so that labels stay while the axis grows, unless that leaves a single one.
    int decade = static_cast<int>(std::ceil(static_cast<double>(first) / stride)) * stride;
    std::vector<double> values;
    for (decade = decade + stride > last ? first : decade; decade <= last; decade += stride) {
        values.push_back(std::pow(10.0, decade));
    }
    return values;
}

std::vector<double> multiples(AxisRange range, double grain) {
    std::vector<double> values;
    const double last = std::floor(range.high / grain + 1e-9);
    for (double count = std::ceil(range.low / grain - 1e-9); count <= last; ++count) {
        values.push_back(count * grain);
    }
    return values;
}

std::vector<double> thinned(const std::vector<double>& values, int most) {
    const auto gaps = static_cast<std::size_t>(most - 1);
    const std::size_t stride = std::max<std::size_t>(1, (values.size() + gaps - 2) / gaps);
    std::vector<double> kept;
    for (std::size_t i = 0; i < values.size(); i += stride) {
        kept.push_back(values[i]);
    }
    return kept;
}

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

double grainForTwoLabels(AxisRange range, double grain) {
    const auto labels = [&] { return std::floor(range.high / grain + 1e-9) - std::ceil(range.low / grain - 1e-9) + 1; };
    while (labels() < 2) {
        grain = niceStep(grain * 0.4);
    }
    return grain;
}

std::vector<double> logTicks(AxisRange range, int most) {
    const std::vector<double> round = roundValues(range);
    if (round.size() >= 2 && round.size() <= static_cast<std::size_t>(most)) {
        return round;
    }
    const std::vector<double> decades = wholeDecades(range, most);
    if (decades.size() >= 2) {
        return decades;
    }
    const double grain = grainForTwoLabels(range, niceStep(range.length() / most));
    return thinned(round.size() >= 2 ? round : multiples(range, grain), most);
}

ValueMap::ValueMap(AxisRange range, bool logarithmic) : m_range(range), m_logarithmic(logarithmic) {
    m_scale = 1 / (logarithmic ? std::log2(range.high / range.low) : range.length());
    m_offset = -m_scale * (logarithmic ? std::log2(range.low) : range.low);
}

double ValueMap::share(float value) const {
    return m_scale * static_cast<double>(m_logarithmic ? quickLog2(value) : value) + m_offset;
}

double ValueMap::valueAt(double share) const {
    return m_logarithmic ? m_range.low * std::pow(m_range.high / m_range.low, share)
                         : m_range.low + share * m_range.length();
}

}  // namespace perceptory::widgets
