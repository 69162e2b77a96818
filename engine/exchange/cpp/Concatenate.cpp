#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// Pieces of a and b in turn.
inline void concatenate(const float* a, const float* b, float* y, int pieces, int widthA, int widthB) {
    for (int piece = 0; piece < pieces; ++piece) {
        for (int i = 0; i < widthA; ++i) *y++ = *a++;
        for (int i = 0; i < widthB; ++i) *y++ = *b++;
    }
}
// </text>

namespace {

Call call(const Source& s) {
    const int widthA = s.integer(0), widthB = s.integer(1);
    return {"concatenate", {s.in(0), s.in(1), s.out(0), s.outputCount() / (widthA + widthB), widthA, widthB}};
}

}  // namespace

const Kernel ConcatenateKernel{"concatenate", call, {CPP_FUNCTION(concatenate)}};

}  // namespace perceptory::exchange::cpp
