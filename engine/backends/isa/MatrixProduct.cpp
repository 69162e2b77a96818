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

namespace {

// A·B over one stretch of the depth, as in() and out() of product_parts have it.
product::Product productOfStretch(const KernelCall& call, std::int64_t stretch, std::int64_t stretches) {
    using product::Real;
    const bool transposed = call.integers[0] == 1;
    const MatrixView& out = call.out[0];
    const std::int64_t columns = transposed ? out.columns : call.in[1].columns;
    const MatrixView b = inRowsOf(call.in[1], columns);
    const MatrixView a = transposed ? inRowsOf(call.in[0], out.rows / stretches) : call.in[0];
    const Span depth = share(b.rows, rowGrain, static_cast<int>(stretch), static_cast<int>(stretches));
    product::Product x{};
    x.a = transposed ? row<const Real>(a, depth.begin) : row<const Real>(a, 0) + depth.begin;
    x.rowStride = transposed ? 1 : a.stride;
    x.depthStride = transposed ? a.stride : 1;
    x.b = row<const Real>(b, depth.begin);
    x.bStride = b.stride;
    x.out = transposed ? row<Real>(out, stretch * a.columns) : row<Real>(out, 0) + stretch * columns;
    x.outStride = out.stride;
    x.depth = depth.end - depth.begin;
    return x;
}

}  // namespace

void productParts(const KernelCall& call, const RunState&, int part, int parts) {
    const bool transposed = call.integers[0] == 1;
    const MatrixView& out = call.out[0];
    const std::int64_t stretches = call.integers[1];
    const std::int64_t rows = transposed ? out.rows / stretches : out.rows,
                       columns = transposed ? out.columns : out.columns / stretches;
    // More threads than stretches share the columns of one.
    const std::int64_t groups = std::max<std::int64_t>(1, parts / stretches);
    const Span jobs = share(stretches * groups, 1, part, parts);
    for (std::int64_t job = jobs.begin; job < jobs.end; ++job) {
        const product::Product x = productOfStretch(call, job / groups, stretches);
        const Span mine =
            share(columns, product::tileColumns, static_cast<int>(job % groups), static_cast<int>(groups));
        transposed ? product::multiply<true>(x, {0, rows}, mine) : product::multiply<false>(x, {0, rows}, mine);
    }
}

void sumParts(const KernelCall& call, const RunState&, int part, int parts) {
    using product::L, product::Real;
    const MatrixView &in = call.in[0], &out = call.out[0];
    const auto* bias = static_cast<const Real*>(call.in[1].data);
    const bool relu = call.integers[0] == 1;
    // Parts lie side by side in a sample's row, or below one another.
    const std::int64_t step = in.rows == out.rows ? out.columns : out.rows * in.stride;
    const std::int64_t count = in.rows * in.columns / (out.rows * out.columns);
    const Span rows = share(out.rows, 1, part, parts);
    for (std::int64_t r = rows.begin; r < rows.end; ++r)
        for (std::int64_t c = 0; c < out.columns; c += L::size) {
            const std::int64_t lanes = std::min<std::int64_t>(L::size, out.columns - c);
            L sum = bias ? L::loadPart(bias + c, lanes) : L(0);
            for (std::int64_t i = 0; i < count; ++i)
                sum = sum + L::loadPart(row<const Real>(in, r) + c + i * step, lanes);
            (relu ? max_(sum, L(0)) : sum).storePart(row<Real>(out, r) + c, lanes);
        }
}

}  // namespace perceptory::backends::isa
