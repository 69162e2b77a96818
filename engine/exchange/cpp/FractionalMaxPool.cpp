#include <cmath>
#include <limits>

#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// The first pixel of window i of count along an axis.
inline int fractionalStart(int i, int count, int size, int window) {
    if (i == count - 1) return size - window;
    const double step = static_cast<double>(size - window) / (count - 1);
    return static_cast<int>((i + 0.5) * step) - static_cast<int>(0.5 * step);
}

// The largest value under windows at uneven distances (Graham 2014), and the number of the pixel it came from.
inline void fractionalMaxPool(const float* x, float* y, float* pixels, const Window& v) {
    for (int row = 0; row < v.mapHeight; ++row)
        for (int column = 0; column < v.mapWidth; ++column, y += v.channels, pixels += v.channels) {
            const int top = fractionalStart(row, v.mapHeight, v.height, v.kernelHeight);
            const int left = fractionalStart(column, v.mapWidth, v.width, v.kernelWidth);
            for (int c = 0; c < v.channels; ++c) {
                y[c] = -std::numeric_limits<float>::infinity();
                for (int tap = 0; tap < v.kernelHeight * v.kernelWidth; ++tap) {
                    const int pixel = (top + tap / v.kernelWidth) * v.width + left + tap % v.kernelWidth;
                    const float value = x[pixel * v.channels + c];
                    if (!(value > y[c] || std::isnan(value))) continue;
                    y[c] = value;
                    pixels[c] = static_cast<float>(pixel);
                }
            }
        }
}
// </text>

namespace {

Call call(const Source& s) {
    if (s.integer(1)) return {};  // drawn, in training
    return {"fractionalMaxPool", {s.in(0), s.out(0), s.out(1), s.window()}};
}

}  // namespace

const Kernel FractionalMaxPoolKernel{"fractional_max_pool", call, {CPP_FUNCTION(fractionalMaxPool)}};

}  // namespace perceptory::exchange::cpp
