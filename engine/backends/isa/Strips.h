#pragma once
// Columns in strips of some registers: whole cache lines side by side, which prefetching follows from row to row.

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "engine/backends/isa/Lanes.h"

namespace perceptory::backends::isa {

// Registers of a strip.
constexpr int widestStrip = 4;

// f(first column, registers as a constant, lanes of the last): columns begin … end-1.
template <class F>
void eachStrip(std::int64_t begin, std::int64_t end, F f) {
    constexpr std::int64_t lanes = Lanes::size;
    for (std::int64_t c = begin; c < end;) {
        const std::int64_t left = end - c;
        if (left >= widestStrip * lanes) {
            f(c, std::integral_constant<int, widestStrip>(), lanes);
            c += widestStrip * lanes;
        } else if (left >= 2 * lanes) {
            f(c, std::integral_constant<int, 2>(), lanes);
            c += 2 * lanes;
        } else {
            f(c, std::integral_constant<int, 1>(), std::min(lanes, left));
            c += lanes;
        }
    }
}

// Rows added up at a time, before the sums of such blocks are added in order.
constexpr std::int64_t rowBlock = 64;

// a, or a ⊙ b where there is a b.
inline Lanes productOf(const Lanes::Real* a, const Lanes::Real* b, std::int64_t lanes) {
    const Lanes x = Lanes::loadPart(a, lanes);
    return b ? x * Lanes::loadPart(b, lanes) : x;
}

// Σ over `rows` rows of a (and b) for a strip of columns.
template <int R>
void sumStrip(const Lanes::Real* a, const Lanes::Real* b, std::int64_t rows, std::int64_t stride, std::int64_t lanes,
              Lanes::Real* to) {
    const auto width = [lanes](int r) { return r == R - 1 ? lanes : std::int64_t{Lanes::size}; };
    Lanes total[R];
    for (Lanes& each : total) each = Lanes(0);
    for (std::int64_t block = 0; block < rows; block += rowBlock) {
        Lanes sum[R];
        for (Lanes& each : sum) each = Lanes(0);
        for (std::int64_t i = block; i < std::min(rows, block + rowBlock); ++i)
            for (int r = 0; r < R; ++r) {
                const std::int64_t at = i * stride + r * Lanes::size;
                sum[r] = sum[r] + productOf(a + at, b ? b + at : nullptr, width(r));
            }
        for (int r = 0; r < R; ++r) total[r] = total[r] + sum[r];
    }
    for (int r = 0; r < R; ++r) total[r].storePart(to + r * Lanes::size, width(r));
}

}  // namespace perceptory::backends::isa
