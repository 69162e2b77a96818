#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
inline void add(const float* a, const float* b, float* y, int count) {
    for (int i = 0; i < count; ++i) y[i] = a[i] + b[i];
}
// </text>

namespace {

Call call(const Source& s) { return {"add", {s.in(0), s.in(1), s.out(0), s.outputCount()}}; }

}  // namespace

const Kernel AddKernel{"add", call, {CPP_FUNCTION(add)}};

}  // namespace perceptory::exchange::cpp
