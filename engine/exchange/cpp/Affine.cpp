#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// y = factor * x + offset
inline void affine(const float* x, float* y, int count, float factor, float offset) {
    for (int i = 0; i < count; ++i) y[i] = factor * x[i] + offset;
}
// </text>

namespace {

Call call(const Source& s) { return {"affine", {s.in(0), s.out(0), s.outputCount(), s.number(0), s.number(1)}}; }

}  // namespace

const Kernel AffineKernel{"affine", call, {CPP_FUNCTION(affine)}};

}  // namespace perceptory::exchange::cpp
