#include <cmath>
#include <limits>

#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// The largest value under the window, channel by channel, and the number of the pixel it came from. The first of equals
// wins; what is not a number wins over every number.
inline void maxPool(const float* x, float* y, float* pixels, const Window& v) {
    for (int row = 0; row < v.mapHeight; ++row)
        for (int column = 0; column < v.mapWidth; ++column, y += v.channels, pixels += v.channels) {
            for (int c = 0; c < v.channels; ++c) y[c] = -std::numeric_limits<float>::infinity();
            for (int c = 0; c < v.channels; ++c) pixels[c] = -1.0f;
            for (int tap = 0; tap < v.kernelHeight * v.kernelWidth; ++tap) {
                const int top = row * v.strideY + tap / v.kernelWidth * v.dilationY - v.padTop;
                const int left = column * v.strideX + tap % v.kernelWidth * v.dilationX - v.padLeft;
                if (top < 0 || top >= v.height || left < 0 || left >= v.width) continue;
                const int pixel = top * v.width + left;
                for (int c = 0; c < v.channels; ++c)
                    if (const float value = x[pixel * v.channels + c]; value > y[c] || std::isnan(value)) {
                        y[c] = value;
                        pixels[c] = static_cast<float>(pixel);
                    }
            }
        }
}
// </text>

namespace {

Call call(const Source& s) { return {"maxPool", {s.in(0), s.out(0), s.out(1), s.window()}}; }

}  // namespace

const Kernel MaxPoolKernel{"max_pool", call, {CPP_FUNCTION(maxPool)}};

}  // namespace perceptory::exchange::cpp
