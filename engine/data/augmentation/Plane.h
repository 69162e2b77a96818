#pragma once
// Pixels in rows, and what lies beyond their border: what flips, shifts and warps do to values and masks alike.

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/data/augmentation/Augmentation.h"

namespace perceptory::data {

// What is seen beyond the border.
enum class Fill {
    Constant,  // black, the low end of the range
    Edge,      // the nearest pixel of the image
    Reflect    // the image mirrored in its outermost pixels, which are not repeated: c b | a b c | b a
};

base::ParamType fillParam(const std::string& fallback);
Fill fillOf(const base::ParamValues& values);

// The pixel of a line of n that is seen at i, or −1 for the constant.
std::int64_t borderIndex(std::int64_t i, std::int64_t n, Fill fill);

template <class T>
struct Plane {
    std::int64_t height, width, channels;
    std::span<T> values;  // [H][W][C]
    T outside;            // the constant beyond the border
};

Plane<float> valuesOf(const AugmentedImage& image);
Plane<std::int32_t> maskOf(const AugmentedImage& image);

// Calls change(plane) for the values and, where there is one, for the mask.
template <class Change>
void changeBoth(AugmentedImage& image, const Change& change) {
    change(valuesOf(image));
    if (!image.mask.empty()) change(maskOf(image));
}

// A copy of what is about to be written over, and behind it one pixel of what lies beyond the border. Valid until the
// next call for the same type on this thread.
template <class T>
const T* copyOf(const Plane<T>& plane) {
    thread_local std::vector<T> copy;
    copy.assign(plane.values.begin(), plane.values.end());
    copy.insert(copy.end(), static_cast<std::size_t>(plane.channels), plane.outside);
    return copy.data();
}

// Moves the content down by dy and right by dx pixels.
template <class T>
void shift(const Plane<T>& plane, std::int64_t dy, std::int64_t dx, Fill fill) {
    const std::int64_t width = plane.width, channels = plane.channels;
    const T* before = copyOf(plane);
    const std::int64_t first = std::clamp<std::int64_t>(dx, 0, width), last = std::clamp(width + dx, first, width);
    for (std::int64_t y = 0; y < plane.height; ++y) {
        T* to = plane.values.data() + y * width * channels;
        const std::int64_t line = borderIndex(y - dy, plane.height, fill);
        if (line < 0) {
            std::fill_n(to, width * channels, plane.outside);
            continue;
        }
        const T* from = before + line * width * channels;
        const auto beyond = [&](std::int64_t x) {
            const std::int64_t column = borderIndex(x - dx, width, fill);
            if (column < 0) return void(std::fill_n(to + x * channels, channels, plane.outside));
            std::copy_n(from + column * channels, channels, to + x * channels);
        };
        for (std::int64_t x = 0; x < first; ++x) beyond(x);
        if (first < last) std::copy_n(from + (first - dx) * channels, (last - first) * channels, to + first * channels);
        for (std::int64_t x = last; x < width; ++x) beyond(x);
    }
}

template <class T>
void mirrorLeftRight(const Plane<T>& plane) {
    for (std::int64_t y = 0; y < plane.height; ++y) {
        T* left = plane.values.data() + y * plane.width * plane.channels;
        T* right = left + (plane.width - 1) * plane.channels;
        for (; left < right; left += plane.channels, right -= plane.channels)
            std::swap_ranges(left, left + plane.channels, right);
    }
}

template <class T>
void mirrorUpDown(const Plane<T>& plane) {
    const std::int64_t line = plane.width * plane.channels;
    T* top = plane.values.data();
    T* bottom = top + (plane.height - 1) * line;
    for (; top < bottom; top += line, bottom -= line) std::swap_ranges(top, top + line, bottom);
}

}  // namespace perceptory::data
