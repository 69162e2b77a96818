#include <cmath>

#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// y = (x - mean) / sqrt(variance + epsilon) of each of the groups. x is [outer][rows][groups][inner]; a group has the
// rows * inner values of one (outer, group).
inline void normalize(const float* x, float* y, int outer, int rows, int groups, int inner, float epsilon) {
    const int stride = groups * inner;
    for (int o = 0; o < outer; ++o, x += rows * stride, y += rows * stride)
        for (int g = 0; g < groups; ++g) {
            const int first = g * inner;
            float sum = 0.0f, squares = 0.0f;
            for (int r = 0; r < rows; ++r)
                for (int i = first; i < first + inner; ++i) sum += x[r * stride + i];
            const float mean = sum / static_cast<float>(rows * inner);
            for (int r = 0; r < rows; ++r)
                for (int i = first; i < first + inner; ++i) {
                    const float distance = x[r * stride + i] - mean;
                    squares += distance * distance;
                }
            const float deviation = std::sqrt(squares / static_cast<float>(rows * inner) + epsilon);
            for (int r = 0; r < rows; ++r)
                for (int i = first; i < first + inner; ++i) y[r * stride + i] = (x[r * stride + i] - mean) / deviation;
        }
}
// </text>

namespace {

Call call(const Source& s) {
    const int groups = s.integer(1), inner = s.integer(2), all = s.outputCount();
    if (s.integer(3)) return {};  // statistics of the batch, in training
    const int rows = s.integer(0) ? s.integer(0) : all / (groups * inner);
    return {"normalize", {s.in(0), s.out(0), all / (rows * groups * inner), rows, groups, inner, s.number(0)}};
}

}  // namespace

const Kernel NormalizeKernel{"normalize", call, {CPP_FUNCTION(normalize)}};

}  // namespace perceptory::exchange::cpp
