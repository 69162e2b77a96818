#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
inline void multiply(const float* a, const float* b, float* y, int count) {
    for (int i = 0; i < count; ++i) y[i] = a[i] * b[i];
}
// </text>

namespace {

Call call(const Source& s) { return {"multiply", {s.in(0), s.in(1), s.out(0), s.outputCount()}}; }

}  // namespace

const Kernel MultiplyKernel{"multiply", call, {CPP_FUNCTION(multiply)}};

}  // namespace perceptory::exchange::cpp
