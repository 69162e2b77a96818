#include <cmath>

#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// y = exp(x) / sum of exp(x) over every piece
inline void softmax(const float* x, float* y, int pieces, int width) {
    for (int piece = 0; piece < pieces; ++piece, x += width, y += width) {
        float largest = x[0], sum = 0.0f;
        for (int i = 1; i < width; ++i) largest = x[i] > largest ? x[i] : largest;
        for (int i = 0; i < width; ++i) sum += y[i] = std::exp(x[i] - largest);
        for (int i = 0; i < width; ++i) y[i] /= sum;
    }
}

// Its logarithm
inline void logSoftmax(const float* x, float* y, int pieces, int width) {
    for (int piece = 0; piece < pieces; ++piece, x += width, y += width) {
        float largest = x[0], sum = 0.0f;
        for (int i = 1; i < width; ++i) largest = x[i] > largest ? x[i] : largest;
        for (int i = 0; i < width; ++i) sum += std::exp(x[i] - largest);
        for (int i = 0; i < width; ++i) y[i] = x[i] - largest - std::log(sum);
    }
}
// </text>

namespace {

Call call(const Source& s) {
    const int width = s.integer(0);
    return {s.integer(1) ? "logSoftmax" : "softmax", {s.in(0), s.out(0), s.outputCount() / width, width}};
}

}  // namespace

const Kernel SoftmaxKernel{"softmax", call, {CPP_FUNCTION(softmax), CPP_FUNCTION(logSoftmax)}};

}  // namespace perceptory::exchange::cpp
