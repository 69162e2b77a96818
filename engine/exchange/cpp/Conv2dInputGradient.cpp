#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// A transposed convolution: every pixel of the map x adds w times its values to the pixels of the image y that its
// window covers. x is [mapHeight][mapWidth][mapChannels], w [kernelHeight][kernelWidth][mapChannels / groups]
// [channels], b [channels] or nullptr.
inline void conv2dTranspose(const float* x, const float* w, const float* b, float* y, const Window& v) {
    const int inner = v.mapChannels / v.groups, outer = v.channels / v.groups;
    for (int i = 0; i < v.height * v.width * v.channels; ++i) y[i] = b ? b[i % v.channels] : 0.0f;
    for (int row = 0; row < v.mapHeight; ++row)
        for (int column = 0; column < v.mapWidth; ++column, x += v.mapChannels)
            for (int tap = 0; tap < v.kernelHeight * v.kernelWidth; ++tap) {
                const int top = row * v.strideY + tap / v.kernelWidth * v.dilationY - v.padTop;
                const int left = column * v.strideX + tap % v.kernelWidth * v.dilationX - v.padLeft;
                if (top < 0 || top >= v.height || left < 0 || left >= v.width) continue;
                float* pixel = y + (top * v.width + left) * v.channels;
                for (int i = 0; i < v.mapChannels; ++i) {
                    const float factor = x[i];
                    const int first = i / inner * outer;
                    const float* from = w + (tap * inner + i % inner) * v.channels;
                    for (int o = first; o < first + outer; ++o) pixel[o] += factor * from[o];
                }
            }
}
// </text>

namespace {

Call call(const Source& s) { return {"conv2dTranspose", {s.in(0), s.in(1), s.in(2), s.out(0), s.window()}}; }

}  // namespace

const Kernel Conv2dInputGradientKernel{"conv2d_input_gradient", call, {CPP_FUNCTION(conv2dTranspose)}};

}  // namespace perceptory::exchange::cpp
