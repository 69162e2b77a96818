#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// Of every piece the values from first on, count of them.
inline void slice(const float* x, float* y, int pieces, int width, int first, int count) {
    for (int piece = 0; piece < pieces; ++piece, x += width, y += count)
        for (int i = 0; i < count; ++i) y[i] = x[first + i];
}
// </text>

namespace {

Call call(const Source& s) {
    if (s.integer(3)) return {};  // the other way round, for gradients
    const int width = s.integer(0), count = s.integer(2);
    return {"slice", {s.in(0), s.out(0), s.outputCount() / count, width, s.integer(1), count}};
}

}  // namespace

const Kernel SliceKernel{"slice", call, {CPP_FUNCTION(slice)}};

}  // namespace perceptory::exchange::cpp
