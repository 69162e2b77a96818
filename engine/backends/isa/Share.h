#pragma once
// How the threads of one kernel call share its output.

#include <algorithm>
#include <cstdint>

#include "engine/backends/Kernels.h"

namespace perceptory::backends::isa {

struct Span {
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

// The share of `part` in 0 … count-1, cut at multiples of `grain`.
inline Span share(std::int64_t count, std::int64_t grain, int part, int parts) {
    const std::int64_t grains = (count + grain - 1) / grain;
    return {std::min(count, grains * part / parts * grain), std::min(count, grains * (part + 1) / parts * grain)};
}

// A rectangle of a matrix.
struct Area {
    Span rows;
    Span columns;
};

// Matrices without gaps between rows are treated as one long row.
inline bool isGapless(const MatrixView& view) { return view.stride == view.columns || view.rows <= 1; }

// Values without gaps, read in rows of `columns`.
inline MatrixView inRowsOf(const MatrixView& view, std::int64_t columns) {
    if (view.columns == columns) return view;
    return {view.data, view.rows * view.columns / columns, columns, columns};
}

template <class Real>
Real* row(const MatrixView& view, std::int64_t index) {
    return static_cast<Real*>(view.data) + index * view.stride;
}

}  // namespace perceptory::backends::isa
