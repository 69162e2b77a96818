#include "engine/data/augmentation/Warp.h"

#include <array>
#include <cmath>
#include <numbers>

namespace perceptory::data {

namespace {

// Without SSE4.1 std::floor is a call; coordinates are small, so the conversion is enough.
std::int64_t floorOf(float x) {
    const auto whole = static_cast<std::int64_t>(x);
    return whole - (x < static_cast<float>(whole));
}

// Reads a copy of a plane at any place.
template <class T>
class Source {
public:
    Source(const Plane<T>& plane, Fill fill)
        : m_height(plane.height),
          m_width(plane.width),
          m_channels(plane.channels),
          m_fill(fill),
          m_before(copyOf(plane)),
          m_outside(m_before + plane.values.size()) {}

    const T* pixel(std::int64_t y, std::int64_t x) const {
        y = borderIndex(y, m_height, m_fill);
        x = borderIndex(x, m_width, m_fill);
        return y < 0 || x < 0 ? m_outside : m_before + (y * m_width + x) * m_channels;
    }

    // The pixel and its neighbours to the right, below, and both.
    std::array<const T*, 4> square(std::int64_t y, std::int64_t x) const {
        if (y < 0 || x < 0 || y + 1 >= m_height || x + 1 >= m_width)
            return {pixel(y, x), pixel(y, x + 1), pixel(y + 1, x), pixel(y + 1, x + 1)};
        const T* first = m_before + (y * m_width + x) * m_channels;
        const T* below = first + m_width * m_channels;
        return {first, first + m_channels, below, below + m_channels};
    }

private:
    std::int64_t m_height, m_width, m_channels;
    Fill m_fill;
    const T* m_before;
    const T* m_outside;
};

// Calls write(x, y, to) for each pixel `to` of the plane with the place (x, y) it comes from.
template <class T, class Write>
void everyPixel(const Plane<T>& plane, const AffineMap& map, const Write& write) {
    const float cx = static_cast<float>(plane.width - 1) / 2, cy = static_cast<float>(plane.height - 1) / 2;
    T* to = plane.values.data();
    for (std::int64_t line = 0; line < plane.height; ++line) {
        const float y = static_cast<float>(line) - cy;
        for (std::int64_t column = 0; column < plane.width; ++column, to += plane.channels) {
            const float x = static_cast<float>(column) - cx;
            write(cx + map.xx * x + map.xy * y, cy + map.yx * x + map.yy * y, to);
        }
    }
}

void warpValues(const Plane<float>& plane, float high, const AffineMap& map, Fill fill) {
    const Source<float> source(plane, fill);
    const float low = plane.outside;
    const std::int64_t channels = plane.channels;
    everyPixel(plane, map, [=](float x, float y, float* to) {
        const std::int64_t left = floorOf(x), top = floorOf(y);
        const float fx = x - static_cast<float>(left), fy = y - static_cast<float>(top);
        const auto [a, b, c, d] = source.square(top, left);
        for (std::int64_t i = 0; i < channels; ++i) {
            const float above = a[i] + fx * (b[i] - a[i]), below = c[i] + fx * (d[i] - c[i]);
            to[i] = std::clamp(above + fy * (below - above), low, high);
        }
    });
}

void warpMask(const Plane<std::int32_t>& plane, const AffineMap& map, Fill fill) {
    const Source<std::int32_t> source(plane, fill);
    everyPixel(plane, map,
               [=](float x, float y, std::int32_t* to) { *to = *source.pixel(floorOf(y + 0.5f), floorOf(x + 0.5f)); });
}

}  // namespace

AffineMap rotation(double degrees) {
    const double angle = degrees * std::numbers::pi / 180;
    const auto c = static_cast<float>(std::cos(angle)), s = static_cast<float>(std::sin(angle));
    return {c, -s, s, c};
}

AffineMap shearing(double horizontal, double vertical) {
    // The inverse of first moving right, then down.
    const auto h = static_cast<float>(horizontal), v = static_cast<float>(vertical);
    return {1 + h * v, -h, -v, 1};
}

AffineMap zooming(double factor) {
    const auto inverse = static_cast<float>(1 / factor);
    return {inverse, 0, 0, inverse};
}

void warp(AugmentedImage& image, const AffineMap& map, Fill fill) {
    warpValues(valuesOf(image), image.high, map, fill);
    if (!image.mask.empty()) warpMask(maskOf(image), map, fill);
}

}  // namespace perceptory::data
