#include "engine/data/images/Fit.h"

#include <algorithm>
#include <cmath>

#include "engine/data/images/Resampling.h"

namespace perceptory::data {

namespace {

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

// Makes the rows fit, whose channels may be others.
class Fitting {
public:
    Fitting(const ImageSize& from, const Fit& fit)
        : m_from(from),
          m_fit(fit),
          m_place(placementOf(from, fit)),
          m_resampling(tapsOf(m_place.down, from.height, fit.nearest), tapsOf(m_place.across, from.width, fit.nearest),
                       fit.size.channels) {
        m_colours.resize(static_cast<std::size_t>(from.width * fit.size.channels));
        m_resampling.begin(m_sums);
    }

    void take(const std::uint8_t* row) { m_resampling.take(coloured(row), m_sums); }

    Image finish() const {
        Image image{m_fit.size, std::vector<std::uint8_t>(m_fit.size.values())};
        const std::size_t width = m_resampling.rowValues();
        const auto left = static_cast<std::size_t>(m_place.across.to * m_fit.size.channels);
        for (std::size_t i = 0; i < m_resampling.rows(); ++i) {
            const std::size_t y = static_cast<std::size_t>(m_place.down.to) + i;
            const float* sums = m_sums.values.data() + i * width;
            std::uint8_t* into = image.values.data() + y * m_fit.size.rowValues() + left;
            for (std::size_t k = 0; k < width; ++k)
                into[k] = static_cast<std::uint8_t>(std::clamp(sums[k] + 0.5f, 0.0f, 255.0f));
        }
        return image;
    }

private:
    // The row in the wanted channels.
    const std::uint8_t* coloured(const std::uint8_t* row) {
        const std::int64_t channels = m_fit.size.channels;
        if (m_from.channels == channels) return row;
        for (std::size_t x = 0; x < static_cast<std::size_t>(m_from.width); ++x) {
            if (channels == 3)
                std::fill_n(m_colours.data() + 3 * x, 3, row[x]);
            else
                m_colours[x] = static_cast<std::uint8_t>(
                    (299 * row[3 * x] + 587 * row[3 * x + 1] + 114 * row[3 * x + 2] + 500) / 1000);
        }
        return m_colours.data();
    }

    ImageSize m_from;
    Fit m_fit;
    Placement m_place;
    Resampling m_resampling;
    std::vector<std::uint8_t> m_colours;
    Resampling::Sums m_sums;
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
