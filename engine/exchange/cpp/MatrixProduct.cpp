#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// y = x * w + b: x is [rows][depth], w [depth][columns], b [columns] or nullptr, y [rows][columns].
inline void matrixProduct(const float* x, const float* w, const float* b, float* y, int rows, int depth, int columns) {
    for (int row = 0; row < rows; ++row, x += depth, y += columns) {
        for (int i = 0; i < columns; ++i) y[i] = b ? b[i] : 0.0f;
        for (int k = 0; k < depth; ++k) {
            const float factor = x[k];
            const float* from = w + k * columns;
            for (int i = 0; i < columns; ++i) y[i] += factor * from[i];
        }
    }
}
// </text>

namespace {

Call call(const Source& s) {
    if (s.integer(0)) return {};  // only gradients turn the first factor
    const int depth = s.inputRows(1), columns = s.inputCount(1) / depth;
    return {"matrixProduct", {s.in(0), s.in(1), s.in(2), s.out(0), s.outputCount() / columns, depth, columns}};
}

}  // namespace

const Kernel MatrixProductKernel{"matrix_product", call, {CPP_FUNCTION(matrixProduct)}};

}  // namespace perceptory::exchange::cpp
