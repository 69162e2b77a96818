#pragma once
// Loops for everything that works on each element alone. The last, shorter piece of a row goes through the same
// arithmetic in partly filled registers, so an element's bits do not depend on its place.

#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Share.h"

namespace perceptory::backends::isa {

template <class L, int Inputs, class Map>
inline void mapRow(const typename L::Real* const (&from)[Inputs], typename L::Real* to, Span columns, Map map) {
    L x[Inputs];
    std::int64_t c = columns.begin;
    for (; c + L::size <= columns.end; c += L::size) {
        for (int i = 0; i < Inputs; ++i) x[i] = L::load(from[i] + c);
        map(x).store(to + c);
    }
    if (c < columns.end) {
        for (int i = 0; i < Inputs; ++i) x[i] = L::loadPart(from[i] + c, columns.end - c);
        map(x).storePart(to + c, columns.end - c);
    }
}

// out[0] = map(in[0], …, in[Inputs-1]), all of the shape of out[0].
template <class L, int Inputs, class Map>
inline void mapElements(const KernelCall& call, int part, int parts, Map map) {
    using Real = typename L::Real;
    MatrixView out = call.out[0];
    bool gapless = isGapless(out);
    for (int i = 0; i < Inputs; ++i) gapless = gapless && isGapless(call.in[i]);
    if (gapless) {
        out.columns *= out.rows;
        out.rows = out.rows > 0 ? 1 : 0;
    }
    const bool byRows = out.rows > 1;
    const Span rows = byRows ? share(out.rows, 1, part, parts) : Span{0, out.rows};
    const Span columns = byRows ? Span{0, out.columns} : share(out.columns, 64, part, parts);
    for (std::int64_t r = rows.begin; r < rows.end; ++r) {
        const Real* from[Inputs];
        for (int i = 0; i < Inputs; ++i) from[i] = row<const Real>(call.in[i], r);
        mapRow<L, Inputs>(from, row<Real>(out, r), columns, map);
    }
}

}  // namespace perceptory::backends::isa
