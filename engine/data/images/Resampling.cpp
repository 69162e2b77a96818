#include "engine/data/images/Resampling.h"

#include <algorithm>
#include <cmath>

namespace perceptory::data {

namespace {

Taps meanOver(double begin, double end, std::int64_t most) {
    Taps taps{std::min(static_cast<std::int64_t>(begin), most - 1), {}};
    const std::int64_t behind = std::clamp(static_cast<std::int64_t>(std::ceil(end)), taps.first + 1, most);
    for (std::int64_t i = taps.first; i < behind; ++i) {
        const double part = std::min(end, static_cast<double>(i + 1)) - std::max(begin, static_cast<double>(i));
        taps.weights.push_back(static_cast<float>(std::max(0.0, part) / (end - begin)));
    }
    return taps;
}

Taps between(double middle, std::int64_t most) {
    const double place = std::clamp(middle - 0.5, 0.0, static_cast<double>(most - 1));
    const auto first = static_cast<std::int64_t>(place);
    const auto right = static_cast<float>(place - static_cast<double>(first));
    if (right == 0) return {first, {1}};
    return {first, {1 - right, right}};
}

}  // namespace

std::vector<Taps> tapsOf(const Section& section, std::int64_t most, bool nearest) {
    std::vector<Taps> result;
    const double step = (section.end - section.begin) / static_cast<double>(section.count);
    for (std::int64_t i = 0; i < section.count; ++i) {
        const double begin = section.begin + step * static_cast<double>(i), middle = begin + step / 2;
        if (nearest)
            result.push_back({std::min(static_cast<std::int64_t>(middle), most - 1), {1}});
        else
            result.push_back(step > 1 ? meanOver(begin, begin + step, most) : between(middle, most));
    }
    return result;
}

Resampling::Resampling(std::vector<Taps> down, std::vector<Taps> across, std::int64_t channels)
    : m_down(std::move(down)), m_across(std::move(across)), m_channels(static_cast<std::size_t>(channels)) {}

void Resampling::begin(Sums& sums) const {
    sums.values.assign(rows() * rowValues(), 0.0f);
    sums.line.resize(rowValues());
    sums.unfinished = 0;
    sums.taken = 0;
}

template <class Pixel>
void Resampling::take(const Pixel* row, Sums& sums) const {
    const std::int64_t y = sums.taken++;
    while (sums.unfinished < rows() && m_down[sums.unfinished].end() <= y) ++sums.unfinished;
    if (sums.unfinished == rows() || m_down[sums.unfinished].first > y) return;
    narrow(row, sums.line.data());
    for (std::size_t i = sums.unfinished; i < rows() && m_down[i].first <= y; ++i) {
        const float weight = m_down[i].weights[static_cast<std::size_t>(y - m_down[i].first)];
        float* to = sums.values.data() + i * rowValues();
        for (std::size_t k = 0; k < rowValues(); ++k) to[k] += weight * sums.line[k];
    }
}

template <class Pixel>
void Resampling::narrow(const Pixel* row, float* line) const {
    for (std::size_t x = 0; x < m_across.size(); ++x)
        for (std::size_t c = 0; c < m_channels; ++c) {
            const Pixel* pixel = row + static_cast<std::size_t>(m_across[x].first) * m_channels + c;
            float sum = 0;
            for (std::size_t k = 0; k < m_across[x].weights.size(); ++k)
                sum += m_across[x].weights[k] * static_cast<float>(pixel[k * m_channels]);
            line[x * m_channels + c] = sum;
        }
}

template void Resampling::take(const float*, Sums&) const;
template void Resampling::take(const std::uint8_t*, Sums&) const;

}  // namespace perceptory::data
