#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// y[o][k][i] = x[o][k][i] * s[o][i] + t[o][i]; s or t may be nullptr.
inline void scaleShift(const float* x, const float* s, const float* t, float* y, int outer, int repeats, int inner) {
    for (int o = 0; o < outer; ++o)
        for (int k = 0; k < repeats; ++k, x += inner, y += inner)
            for (int i = 0; i < inner; ++i) y[i] = (s ? x[i] * s[o * inner + i] : x[i]) + (t ? t[o * inner + i] : 0.0f);
}
// </text>

namespace {

Call call(const Source& s) {
    const int inner = s.integer(0), all = s.inputCount(1) ? s.inputCount(1) : s.inputCount(2);
    return {"scaleShift", {s.in(0), s.in(1), s.in(2), s.out(0), all / inner, s.outputCount() / all, inner}};
}

}  // namespace

const Kernel ScaleShiftKernel{"scale_shift", call, {CPP_FUNCTION(scaleShift)}};

}  // namespace perceptory::exchange::cpp
