#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// x is [outer][a][between][b], y [outer][b][between][a].
inline void swapAxes(const float* x, float* y, int outer, int a, int between, int b) {
    for (int o = 0; o < outer; ++o, x += a * between * b)
        for (int k = 0; k < b; ++k)
            for (int g = 0; g < between; ++g)
                for (int i = 0; i < a; ++i) *y++ = x[(i * between + g) * b + k];
}
// </text>

namespace {

Call call(const Source& s) {
    const int a = s.integer(1), between = s.integer(2), b = s.integer(3);
    return {"swapAxes", {s.in(0), s.out(0), s.outputCount() / (a * between * b), a, between, b}};
}

}  // namespace

const Kernel SwapAxesKernel{"swap_axes", call, {CPP_FUNCTION(swapAxes)}};

}  // namespace perceptory::exchange::cpp
