#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// y[p][o] = b[o] + sum of x[pixel of tap at p][i] * w[tap][i][o]; channels in groups that do not mix. x is [height]
// [width][channels], w [kernelHeight][kernelWidth][channels / groups][mapChannels], b [mapChannels] or nullptr.
inline void conv2d(const float* x, const float* w, const float* b, float* y, const Window& v) {
    const int inner = v.channels / v.groups, outer = v.mapChannels / v.groups;
    for (int row = 0; row < v.mapHeight; ++row)
        for (int column = 0; column < v.mapWidth; ++column, y += v.mapChannels) {
            for (int o = 0; o < v.mapChannels; ++o) y[o] = b ? b[o] : 0.0f;
            for (int tap = 0; tap < v.kernelHeight * v.kernelWidth; ++tap) {
                const int top = row * v.strideY + tap / v.kernelWidth * v.dilationY - v.padTop;
                const int left = column * v.strideX + tap % v.kernelWidth * v.dilationX - v.padLeft;
                if (top < 0 || top >= v.height || left < 0 || left >= v.width) continue;
                const float* pixel = x + (top * v.width + left) * v.channels;
                for (int i = 0; i < v.channels; ++i) {
                    const float factor = pixel[i];
                    const int first = i / inner * outer;
                    const float* from = w + (tap * inner + i % inner) * v.mapChannels;
                    for (int o = first; o < first + outer; ++o) y[o] += factor * from[o];
                }
            }
        }
}
// </text>

namespace {

Call call(const Source& s) { return {"conv2d", {s.in(0), s.in(1), s.in(2), s.out(0), s.window()}}; }

}  // namespace

const Kernel Conv2dKernel{"conv2d", call, {CPP_FUNCTION(conv2d)}};

}  // namespace perceptory::exchange::cpp
