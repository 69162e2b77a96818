#include "engine/data/images/Fit.h"

#include <algorithm>
#include <cmath>

namespace perceptory::data {

namespace {

// One axis of the image: its part `begin` … `end` becomes the pixels `to` … `to + count - 1`.
struct Section {
    double begin = 0, end = 0;
    std::int64_t to = 0, count = 0;
};

struct Placement {
    Section down, across;
};

Section centredPart(double wanted, std::int64_t have, std::int64_t count) {
    const double begin = (static_cast<double>(have) - wanted) / 2;
    return {begin, begin + wanted, 0, count};
}

Section centredTarget(std::int64_t have, double wanted, std::int64_t room) {
    const std::int64_t count = std::clamp<std::int64_t>(std::llround(wanted), 1, room);
    return {0, static_cast<double>(have), (room - count) / 2, count};
}

Placement placementOf(const ImageSize& from, const Fit& fit) {
    const ImageSize& to = fit.size;
    const auto h = static_cast<double>(from.height), w = static_cast<double>(from.width);
    const auto th = static_cast<double>(to.height), tw = static_cast<double>(to.width);
    Placement all{{0, h, 0, to.height}, {0, w, 0, to.width}};
    const bool isWider = w * th > h * tw;
    if (fit.resize == Resize::Crop && isWider) all.across = centredPart(h * tw / th, from.width, to.width);
    if (fit.resize == Resize::Crop && !isWider) all.down = centredPart(w * th / tw, from.height, to.height);
    if (fit.resize == Resize::Pad && isWider) all.down = centredTarget(from.height, h * tw / w, to.height);
    if (fit.resize == Resize::Pad && !isWider) all.across = centredTarget(from.width, w * th / h, to.width);
    return all;
}

// A pixel of the result: neighbours from `first` on with weights whose sum is 1.
struct Taps {
    std::int64_t first = 0;
    std::vector<float> weights;
    std::int64_t end() const { return first + std::ssize(weights); }
};

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

// Takes rows from the top and adds each to the rows of the result in which it counts.
class Fitting {
public:
    Fitting(const ImageSize& from, const Fit& fit) : m_from(from), m_fit(fit), m_place(placementOf(from, fit)) {
        m_down = tapsOf(m_place.down, from.height, fit.nearest);
        m_across = tapsOf(m_place.across, from.width, fit.nearest);
        m_colours.resize(static_cast<std::size_t>(from.width * channels()));
        m_line.resize(m_across.size() * static_cast<std::size_t>(channels()));
        m_sums.resize(m_down.size() * m_line.size());
    }

    void take(const std::uint8_t* row) {
        const std::int64_t y = m_taken++;
        while (m_first < m_down.size() && m_down[m_first].end() <= y) ++m_first;
        if (m_first == m_down.size() || m_down[m_first].first > y) return;
        narrow(row);
        for (std::size_t i = m_first; i < m_down.size() && m_down[i].first <= y; ++i)
            add(m_down[i].weights[static_cast<std::size_t>(y - m_down[i].first)], m_sums.data() + i * m_line.size());
    }

    Image finish() const {
        Image image{m_fit.size, std::vector<std::uint8_t>(m_fit.size.values())};
        const std::size_t left = static_cast<std::size_t>(m_place.across.to * channels());
        for (std::size_t i = 0; i < m_down.size(); ++i) {
            const std::size_t y = static_cast<std::size_t>(m_place.down.to) + i;
            const float* sums = m_sums.data() + i * m_line.size();
            std::uint8_t* into = image.values.data() + y * m_fit.size.rowValues() + left;
            for (std::size_t k = 0; k < m_line.size(); ++k)
                into[k] = static_cast<std::uint8_t>(std::clamp(sums[k] + 0.5f, 0.0f, 255.0f));
        }
        return image;
    }

private:
    std::int64_t channels() const { return m_fit.size.channels; }

    // The row in the wanted channels.
    const std::uint8_t* coloured(const std::uint8_t* row) {
        if (m_from.channels == channels()) return row;
        for (std::size_t x = 0; x < static_cast<std::size_t>(m_from.width); ++x) {
            if (channels() == 3)
                std::fill_n(m_colours.data() + 3 * x, 3, row[x]);
            else
                m_colours[x] = static_cast<std::uint8_t>(
                    (299 * row[3 * x] + 587 * row[3 * x + 1] + 114 * row[3 * x + 2] + 500) / 1000);
        }
        return m_colours.data();
    }

    void narrow(const std::uint8_t* row) {
        const std::uint8_t* from = coloured(row);
        const auto step = static_cast<std::size_t>(channels());
        for (std::size_t x = 0; x < m_across.size(); ++x)
            for (std::size_t c = 0; c < step; ++c) {
                const std::uint8_t* pixel = from + static_cast<std::size_t>(m_across[x].first) * step + c;
                float sum = 0;
                for (std::size_t k = 0; k < m_across[x].weights.size(); ++k)
                    sum += m_across[x].weights[k] * static_cast<float>(pixel[k * step]);
                m_line[x * step + c] = sum;
            }
    }

    void add(float weight, float* sums) const {
        for (std::size_t k = 0; k < m_line.size(); ++k) sums[k] += weight * m_line[k];
    }

    ImageSize m_from;
    Fit m_fit;
    Placement m_place;
    std::vector<Taps> m_down, m_across;
    std::vector<std::uint8_t> m_colours;
    std::vector<float> m_line, m_sums;  // one row, and all rows, of the result
    std::size_t m_first = 0;            // row of the result that is not complete
    std::int64_t m_taken = 0;
};

}  // namespace

Image fitImage(ImageRows& rows, const Fit& fit) {
    Fitting fitting(rows.size(), fit);
    std::vector<std::uint8_t> row(rows.size().rowValues());
    for (std::int64_t y = 0; y < rows.size().height; ++y) {
        rows.next(row.data());
        fitting.take(row.data());
    }
    return fitting.finish();
}

Image fitImage(const Image& image, const Fit& fit) {
    Fitting fitting(image.size, fit);
    for (std::size_t y = 0; y < static_cast<std::size_t>(image.size.height); ++y)
        fitting.take(image.values.data() + y * image.size.rowValues());
    return fitting.finish();
}

}  // namespace perceptory::data
