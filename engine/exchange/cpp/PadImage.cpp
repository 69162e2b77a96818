#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// The image on a canvas of another size: its pixel (0, 0) lies at (padTop, padLeft) of the map; negative numbers crop.
inline void padImage(const float* x, float* y, const Window& v) {
    for (int row = 0; row < v.mapHeight; ++row)
        for (int column = 0; column < v.mapWidth; ++column, y += v.channels) {
            const int top = row - v.padTop, left = column - v.padLeft;
            const bool inside = top >= 0 && top < v.height && left >= 0 && left < v.width;
            for (int c = 0; c < v.channels; ++c) y[c] = inside ? x[(top * v.width + left) * v.channels + c] : 0.0f;
        }
}
// </text>

namespace {

Call call(const Source& s) { return {"padImage", {s.in(0), s.out(0), s.window()}}; }

}  // namespace

const Kernel PadImageKernel{"pad_image", call, {CPP_FUNCTION(padImage)}};

}  // namespace perceptory::exchange::cpp
