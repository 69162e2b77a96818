#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// y[o][k][i] = x[o][i]
inline void repeat(const float* x, float* y, int outer, int repeats, int inner) {
    for (int o = 0; o < outer; ++o, x += inner)
        for (int k = 0; k < repeats; ++k, y += inner)
            for (int i = 0; i < inner; ++i) y[i] = x[i];
}
// </text>

namespace {

Call call(const Source& s) {
    const int inner = s.integer(0), all = s.inputCount(0);
    return {"repeat", {s.in(0), s.out(0), all / inner, s.outputCount() / all, inner}};
}

}  // namespace

const Kernel RepeatKernel{"repeat", call, {CPP_FUNCTION(repeat)}};

}  // namespace perceptory::exchange::cpp
