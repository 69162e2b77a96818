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

constexpr std::int64_t tileColumns = 2 * L::size;

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
    std::int64_t panel = 0;   // B lies in panels of tileColumns columns, so many numbers each; 0: row by row

    const Real* columnsOfB(std::int64_t c) const { return panel ? b + c / tileColumns * panel : b + c; }
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
    const Real* b = x.columnsOfB(c);
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

// Rows of A whose starts fall into the same few sets of the first-level cache push each other out of it; a tile's rows
// are then copied to where they do not.
constexpr std::int64_t cachedNumbers = 512 * 1024 / static_cast<std::int64_t>(sizeof(Real));
constexpr std::int64_t mostPacked = 1024;
constexpr std::int64_t packedStride = mostPacked + 16;

inline bool rowsCollide(const Product& x) { return x.rowStride * static_cast<std::int64_t>(sizeof(Real)) % 1024 == 0; }

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

template <int Rows, bool Transposed>
void tileRow(const Product& x, std::int64_t r, Span columns) {
    if constexpr (!Transposed && Rows > 2)
        if (rowsCollide(x) && x.depth <= mostPacked && columns.end - columns.begin > 4 * L::size) {
            Real packed[Rows * packedStride];
            for (int i = 0; i < Rows; ++i) std::copy_n(x.a + (r + i) * x.rowStride, x.depth, packed + i * packedStride);
            Product moved = x;
            moved.a = packed;
            moved.rowStride = packedStride;
            moved.out = x.out + r * x.outStride;
            return tilesOfRows<Rows, false>(moved, 0, columns);
        }
    tilesOfRows<Rows, Transposed>(x, r, columns);
}

template <bool Transposed>
void multiplyRows(const Product& x, Span rows, Span columns) {
    std::int64_t r = rows.begin;
    // One register of columns leaves room for twice the rows, whose chains hide each other's latency.
    if (columns.end - columns.begin <= L::size)
        for (; r + 2 * tileRows <= rows.end; r += 2 * tileRows) tilesOfRows<2 * tileRows, Transposed>(x, r, columns);
    for (; r + tileRows <= rows.end; r += tileRows) tileRow<tileRows, Transposed>(x, r, columns);
    if constexpr (tileRows > 4)
        for (; r + 4 <= rows.end; r += 4) tileRow<4, Transposed>(x, r, columns);
    for (; r + 2 <= rows.end; r += 2) tileRow<2, Transposed>(x, r, columns);
    for (; r < rows.end; ++r) tileRow<1, Transposed>(x, r, columns);
}

// Copies rows of B into panels; the last one is filled up with zeros.
inline void packPanels(const Product& x, Span columns, Real* panels, std::int64_t panel) {
    for (std::int64_t k = 0; k < x.depth; ++k) {
        const Real* from = x.b + k * x.bStride;
        Real* to = panels + k * tileColumns;
        std::int64_t c = columns.begin;
        for (; c + tileColumns <= columns.end; c += tileColumns, to += panel)
            for (int j = 0; j < 2; ++j) L::load(from + c + j * L::size).store(to + j * L::size);
        if (c < columns.end) std::fill_n(std::copy(from + c, from + columns.end, to), c + tileColumns - columns.end, 0);
    }
}

// A B beyond the second-level cache is taken in stretches of its rows, copied in their order to where every tile row
// finds them near and whole. The chains of the elements go on from stretch to stretch.
template <bool Transposed>
void multiplyPacked(const Product& x, Span rows, Span columns) {
    alignas(64) Real panels[cachedNumbers];
    const std::int64_t blocks = (columns.end - columns.begin + tileColumns - 1) / tileColumns;
    const std::int64_t step = std::clamp<std::int64_t>(cachedNumbers / (blocks * tileColumns), 1, mostPacked);
    for (std::int64_t k = 0; k < x.depth; k += step) {
        Product part = x;
        part.depth = std::min(step, x.depth - k);
        part.a = x.a + k * (Transposed ? x.depthStride : 1);
        part.b = x.b + k * x.bStride;
        part.accumulate = x.accumulate || k > 0;
        packPanels(part, columns, panels, step * tileColumns);
        part.b = panels - columns.begin / tileColumns * step * tileColumns;
        part.bStride = tileColumns;
        part.panel = step * tileColumns;
        multiplyRows<Transposed>(part, rows, columns);
    }
}

template <bool Transposed>
void multiply(const Product& x, Span rows, Span columns) {
    const std::int64_t width = columns.end - columns.begin;
    if (x.depth * width > cachedNumbers && width <= cachedNumbers / 64 && rows.end - rows.begin > tileRows)
        multiplyPacked<Transposed>(x, rows, columns);
    else
        multiplyRows<Transposed>(x, rows, columns);
}

}  // namespace perceptory::backends::isa::product
