#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// y = a * b for each of the pieces: a is [rows][depth], b [depth][columns], y [rows][columns].
inline void products(const float* a, const float* b, float* y, int pieces, int rows, int depth, int columns) {
    for (int piece = 0; piece < pieces; ++piece, b += depth * columns)
        for (int row = 0; row < rows; ++row, a += depth, y += columns) {
            for (int i = 0; i < columns; ++i) y[i] = 0.0f;
            for (int k = 0; k < depth; ++k)
                for (int i = 0; i < columns; ++i) y[i] += a[k] * b[k * columns + i];
        }
}

// The same with the second factor turned: b is [columns][depth].
inline void turnedProducts(const float* a, const float* b, float* y, int pieces, int rows, int depth, int columns) {
    for (int piece = 0; piece < pieces; ++piece, b += depth * columns)
        for (int row = 0; row < rows; ++row, a += depth, y += columns)
            for (int i = 0; i < columns; ++i) {
                float sum = 0.0f;
                for (int k = 0; k < depth; ++k) sum += a[k] * b[i * depth + k];
                y[i] = sum;
            }
}
// </text>

namespace {

Call call(const Source& s) {
    const int rows = s.integer(0), depth = s.integer(1), columns = s.integer(2);
    return {s.integer(3) ? "products" : "turnedProducts",
            {s.in(0), s.in(1), s.out(0), s.outputCount() / (rows * columns), rows, depth, columns}};
}

}  // namespace

const Kernel BatchedProductKernel{"batched_product", call, {CPP_FUNCTION(products), CPP_FUNCTION(turnedProducts)}};

}  // namespace perceptory::exchange::cpp
