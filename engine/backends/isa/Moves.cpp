// Kernels that move or add elements.

#include <cstring>

#include "engine/backends/isa/Elementwise.h"
#include "engine/backends/isa/Primitives.h"

namespace perceptory::backends::isa {

namespace {

using Real = Lanes::Real;

void copyRow(const Real* from, Real* to, std::int64_t count) {
    if (count > 0) std::memcpy(to, from, static_cast<std::size_t>(count) * sizeof(Real));
}

constexpr std::int64_t square = 16;

// One square: whole cache lines are read and written.
void transposeSquare(const MatrixView& in, const MatrixView& out, Span rows, Span columns) {
    for (std::int64_t c = columns.begin; c < columns.end; ++c) {
        Real* to = row<Real>(out, c);
        for (std::int64_t r = rows.begin; r < rows.end; ++r) to[r] = row<const Real>(in, r)[c];
    }
}

}  // namespace

void transpose(const KernelCall& call, const RunState&, int part, int parts) {
    const MatrixView &in = call.in[0], &out = call.out[0];
    const Span columns = share(in.columns, square, part, parts);
    for (std::int64_t c = columns.begin; c < columns.end; c += square)
        for (std::int64_t r = 0; r < in.rows; r += square)
            transposeSquare(in, out, {r, std::min(in.rows, r + square)}, {c, std::min(columns.end, c + square)});
}

void swapAxes(const KernelCall& call, const RunState&, int part, int parts) {
    const std::int64_t a = call.integers[1], g = call.integers[2], b = call.integers[3];
    const std::int64_t all = call.in[0].rows * call.in[0].columns;
    const Span outer = share(all / (a * g), 1, part, parts);
    const Real* from = static_cast<const Real*>(call.in[0].data);
    Real* to = static_cast<Real*>(call.out[0].data) + outer.begin * g * a;
    for (std::int64_t i = outer.begin; i < outer.end; ++i)
        for (std::int64_t j = 0; j < g; ++j)
            for (std::int64_t k = 0; k < a; ++k) *to++ = from[((i / b * a + k) * g + j) * b + i % b];
}

void add(const KernelCall& call, const RunState&, int part, int parts) {
    if (call.integers[0] == 1)
        mapElements<Lanes, 2>(call, part, parts, [](const Lanes(&in)[2]) { return max_(in[0] + in[1], Lanes(0)); });
    else
        mapElements<Lanes, 2>(call, part, parts, [](const Lanes(&in)[2]) { return in[0] + in[1]; });
}

void multiplyElements(const KernelCall& call, const RunState&, int part, int parts) {
    mapElements<Lanes, 2>(call, part, parts, [](const Lanes(&in)[2]) { return in[0] * in[1]; });
}

void spreadColumns(const KernelCall& call, const RunState&, int part, int parts) {
    const MatrixView& out = call.out[0];
    const Span rows = share(out.rows, 1, part, parts);
    for (std::int64_t r = rows.begin; r < rows.end; ++r) {
        const Real value = *row<const Real>(call.in[0], r) * static_cast<Real>(call.numbers[0]);
        std::fill_n(row<Real>(out, r), out.columns, value);
    }
}

void concatenate(const KernelCall& call, const RunState&, int part, int parts) {
    const std::int64_t left = call.integers[0], right = call.integers[1];
    const Real *a = static_cast<const Real*>(call.in[0].data), *b = static_cast<const Real*>(call.in[1].data);
    Real* to = static_cast<Real*>(call.out[0].data);
    const Span pieces = share(call.out[0].rows * call.out[0].columns / (left + right), 1, part, parts);
    for (std::int64_t i = pieces.begin; i < pieces.end; ++i) {
        copyRow(a + i * left, to + i * (left + right), left);
        copyRow(b + i * right, to + i * (left + right) + left, right);
    }
}

void slice(const KernelCall& call, const RunState&, int part, int parts) {
    const std::int64_t piece = call.integers[0], first = call.integers[1], count = call.integers[2];
    const bool back = call.integers[3] == 1;
    const Real* from = static_cast<const Real*>(call.in[0].data);
    Real* to = static_cast<Real*>(call.out[0].data);
    const Span pieces = share(call.out[0].rows * call.out[0].columns / (back ? piece : count), 1, part, parts);
    for (std::int64_t i = pieces.begin; i < pieces.end; ++i) {
        if (back) std::fill_n(to + i * piece, piece, Real(0));
        copyRow(from + (back ? i * count : i * piece + first), to + (back ? i * piece + first : i * count), count);
    }
}

void reshape(const KernelCall& call, const RunState&, int part, int parts) {
    const Span all = share(call.out[0].rows * call.out[0].columns, 64, part, parts);
    copyRow(static_cast<const Real*>(call.in[0].data) + all.begin, static_cast<Real*>(call.out[0].data) + all.begin,
            all.end - all.begin);
}

}  // namespace perceptory::backends::isa
