#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// The mean of what lies under the window, channel by channel; padding counts as zeros, or not at all.
inline void averagePool(const float* x, float* y, const Window& v, int countPadding) {
    for (int row = 0; row < v.mapHeight; ++row)
        for (int column = 0; column < v.mapWidth; ++column, y += v.channels) {
            int count = 0;
            for (int c = 0; c < v.channels; ++c) y[c] = 0.0f;
            for (int tap = 0; tap < v.kernelHeight * v.kernelWidth; ++tap) {
                const int top = row * v.strideY + tap / v.kernelWidth * v.dilationY - v.padTop;
                const int left = column * v.strideX + tap % v.kernelWidth * v.dilationX - v.padLeft;
                if (top < 0 || top >= v.height || left < 0 || left >= v.width) continue;
                const float* pixel = x + (top * v.width + left) * v.channels;
                for (int c = 0; c < v.channels; ++c) y[c] += pixel[c];
                ++count;
            }
            if (countPadding) count = v.kernelHeight * v.kernelWidth;
            for (int c = 0; c < v.channels; ++c) y[c] /= static_cast<float>(count);
        }
}
// </text>

namespace {

Call call(const Source& s) { return {"averagePool", {s.in(0), s.out(0), s.window(), s.integer(0)}}; }

}  // namespace

const Kernel AveragePoolKernel{"average_pool", call, {CPP_FUNCTION(averagePool)}};

}  // namespace perceptory::exchange::cpp
