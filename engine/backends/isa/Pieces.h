#pragma once
// The view of gapless values as elements (o, k, i): pieces of `inner` elements, `times` in a row, `outer` such rows.

#include "engine/backends/isa/Share.h"

namespace perceptory::backends::isa {

struct Pieces {
    std::int64_t outer, times, inner;

    // `spread` has every piece of `folded` several times.
    Pieces(const MatrixView& spread, const MatrixView& folded, std::int64_t piece)
        : outer(folded.rows * folded.columns / piece),
          times(spread.rows * spread.columns / (folded.rows * folded.columns)),
          inner(piece) {}
};

}  // namespace perceptory::backends::isa
