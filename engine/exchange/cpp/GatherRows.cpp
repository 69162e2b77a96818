#include <limits>

#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// y[j] = the row of the table whose number is x[j]; NaN where the table has no such row.
inline void gatherRows(const float* x, const float* table, float* y, int count, int rows, int width) {
    for (int j = 0; j < count; ++j, y += width) {
        const bool known = x[j] >= 0.0f && x[j] < static_cast<float>(rows);
        const float* from = known ? table + static_cast<int>(x[j]) * width : nullptr;
        for (int i = 0; i < width; ++i) y[i] = known ? from[i] : std::numeric_limits<float>::quiet_NaN();
    }
}
// </text>

namespace {

Call call(const Source& s) {
    const int width = s.integer(0);
    return {"gatherRows", {s.in(0), s.in(1), s.out(0), s.outputCount() / width, s.inputCount(1) / width, width}};
}

}  // namespace

const Kernel GatherRowsKernel{"gather_rows", call, {CPP_FUNCTION(gatherRows)}};

}  // namespace perceptory::exchange::cpp
