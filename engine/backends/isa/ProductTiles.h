#pragma once
// Register-tiled matrix product after the measurements of the design papers: a tile of rows × two registers of columns,
// the full depth in one go, nothing packed. Tiles at the edges do the same chain per element.

#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Share.h"

namespace perceptory::backends::isa::product {

using L = Lanes;
using Real = L::Real;

// 16 accumulators fill the pipes of 512-bit machines; 256-bit ones need 12 of their 16 registers, 128-bit ones have
// room for 8.
constexpr int tileRows = L::size >= 16 ? 8 : L::size == 8 ? 6 : 4;

struct Product {
    const Real* a;
    std::int64_t rowStride, depthStride;  // of A
    const Real* b;
    std::int64_t bStride;
    const Real* bias;
    Real* out;
    std::int64_t outStride;
    std::int64_t depth;
    bool accumulate = false;  // out += A·B, each element's chain starting from what is there
};

// One tile. `last` is the number of columns in its last register when Part.
template <int Rows, int Registers, bool Part, bool Transposed>
inline void tile(const Product& x, std::int64_t r, std::int64_t c, std::int64_t last) {
    L sums[Rows][Registers];
    const auto load = [last](const Real* from, int register_) {
        return Part && register_ == Registers - 1 ? L::loadPart(from, last) : L::load(from);
    };
    for (int j = 0; j < Registers; ++j) {
        const L start = x.bias ? load(x.bias + c + j * L::size, j) : L(0);
        for (int i = 0; i < Rows; ++i)
            sums[i][j] = x.accumulate ? load(x.out + (r + i) * x.outStride + c + j * L::size, j) : start;
    }
    const Real* b = x.b + c;
    const Real* a = x.a + r * x.rowStride;
    const std::int64_t rowStep = Transposed ? 1 : x.rowStride;
    const std::int64_t depthStep = Transposed ? x.depthStride : 1;
    for (std::int64_t k = 0; k < x.depth; ++k, b += x.bStride, a += depthStep) {
        L right[Registers];
        for (int j = 0; j < Registers; ++j) right[j] = load(b + j * L::size, j);
        for (int i = 0; i < Rows; ++i) {
            const L left = L(a[i * rowStep]);
            for (int j = 0; j < Registers; ++j) sums[i][j] = fma_(left, right[j], sums[i][j]);
        }
    }
    for (int i = 0; i < Rows; ++i) {
        Real* to = x.out + (r + i) * x.outStride + c;
        for (int j = 0; j < Registers; ++j) {
            if (Part && j == Registers - 1)
                sums[i][j].storePart(to + j * L::size, last);
            else
                sums[i][j].store(to + j * L::size);
        }
    }
}

template <int Rows, bool Transposed>
void tilesOfRows(const Product& x, std::int64_t r, Span columns) {
    std::int64_t c = columns.begin;
    for (; c + 2 * L::size <= columns.end; c += 2 * L::size) tile<Rows, 2, false, Transposed>(x, r, c, 0);
    const std::int64_t left = columns.end - c;
    if (left > L::size)
        tile<Rows, 2, true, Transposed>(x, r, c, left - L::size);
    else if (left == L::size)
        tile<Rows, 1, false, Transposed>(x, r, c, 0);
    else if (left > 0)
        tile<Rows, 1, true, Transposed>(x, r, c, left);
}

template <bool Transposed>
void multiply(const Product& x, Span rows, Span columns) {
    std::int64_t r = rows.begin;
    for (; r + tileRows <= rows.end; r += tileRows) tilesOfRows<tileRows, Transposed>(x, r, columns);
    if constexpr (tileRows > 4)
        for (; r + 4 <= rows.end; r += 4) tilesOfRows<4, Transposed>(x, r, columns);
    for (; r + 2 <= rows.end; r += 2) tilesOfRows<2, Transposed>(x, r, columns);
    for (; r < rows.end; ++r) tilesOfRows<1, Transposed>(x, r, columns);
}

}  // namespace perceptory::backends::isa::product
