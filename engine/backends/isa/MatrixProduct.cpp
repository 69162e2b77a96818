// y = A·B + bias by register tiles.

#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/ProductTiles.h"

namespace perceptory::backends::isa {

void matrixProduct(const KernelCall& call, const RunState&, int part, int parts) {
    const bool transposed = call.integers[0] == 1;
    const MatrixView& right = call.in[1];
    const MatrixView out = transposed ? call.out[0] : inRowsOf(call.out[0], right.columns);
    const MatrixView b = transposed ? inRowsOf(right, out.columns) : right;
    const MatrixView a = inRowsOf(call.in[0], transposed ? out.rows : b.rows);
    const product::Product x{static_cast<const product::Real*>(a.data),
                             transposed ? 1 : a.stride,
                             transposed ? a.stride : 1,
                             static_cast<const product::Real*>(b.data),
                             b.stride,
                             static_cast<const product::Real*>(call.in[2].data),
                             static_cast<product::Real*>(out.data),
                             out.stride,
                             b.rows};
    const bool byRows = out.rows / product::tileRows >= out.columns / product::tileColumns;
    const Span rows = byRows ? share(out.rows, product::tileRows, part, parts) : Span{0, out.rows};
    const Span columns = byRows ? Span{0, out.columns} : share(out.columns, product::tileColumns, part, parts);
    transposed ? product::multiply<true>(x, rows, columns) : product::multiply<false>(x, rows, columns);
}

}  // namespace perceptory::backends::isa
