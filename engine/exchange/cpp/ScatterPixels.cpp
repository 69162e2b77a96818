#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// Puts every value of the map x to the pixel of the image y whose number is given for it, channel by channel. Where
// several meet, they are added up, or the last one stays.
inline void scatterPixels(const float* pixels, const float* x, float* y, const Window& v, int lastStays) {
    for (int i = 0; i < v.height * v.width * v.channels; ++i) y[i] = 0.0f;
    for (int i = 0; i < v.mapHeight * v.mapWidth * v.channels; ++i) {
        if (!(pixels[i] > -1.0f && pixels[i] < static_cast<float>(v.height * v.width))) continue;
        float& to = y[static_cast<int>(pixels[i]) * v.channels + i % v.channels];
        to = lastStays ? x[i] : to + x[i];
    }
}
// </text>

namespace {

Call call(const Source& s) { return {"scatterPixels", {s.in(0), s.in(1), s.out(0), s.window(), s.integer(0)}}; }

}  // namespace

const Kernel ScatterPixelsKernel{"scatter_pixels", call, {CPP_FUNCTION(scatterPixels)}};

}  // namespace perceptory::exchange::cpp
