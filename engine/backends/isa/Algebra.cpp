// Kernels that spread, fold and scale pieces: elements (o, k, i), pieces of I = integers[0] elements.

#include "engine/backends/isa/Elementwise.h"
#include "engine/backends/isa/Pieces.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Strips.h"

namespace perceptory::backends::isa {

namespace {

using L = Lanes;
using Real = L::Real;

// f(index, lanes in use) for each register of `count` elements.
template <class F>
void overRegisters(std::int64_t begin, std::int64_t end, F f) {
    for (std::int64_t i = begin; i < end; i += L::size) f(i, std::min<std::int64_t>(L::size, end - i));
}

// Σ over `k` numbers in a row, in blocks of 64 registers.
Real foldRow(const Real* a, const Real* b, std::int64_t k) {
    L total(0);
    for (std::int64_t block = 0; block < k; block += rowBlock * L::size) {
        L sum(0);
        overRegisters(block, std::min(k, block + rowBlock * L::size),
                      [&](std::int64_t i, std::int64_t n) { sum = sum + productOf(a + i, b ? b + i : nullptr, n); });
        total = total + sum;
    }
    return total.sum();
}

void scalePiece(const Real* x, const Real* s, const Real* t, Real* y, std::int64_t count) {
    overRegisters(0, count, [&](std::int64_t i, std::int64_t n) {
        L value = L::loadPart(x + i, n);
        if (s) value = value * L::loadPart(s + i, n);
        if (t) value = value + L::loadPart(t + i, n);
        value.storePart(y + i, n);
    });
}

// Pieces of one number: s and t are the same for the whole row.
void scaleRow(const Real* x, const Real* s, const Real* t, Real* y, std::int64_t count) {
    const L scale(s ? *s : 1), offset(t ? *t : 0);
    overRegisters(0, count, [&](std::int64_t i, std::int64_t n) {
        (L::loadPart(x + i, n) * scale + offset).storePart(y + i, n);
    });
}

}  // namespace

void repeat(const KernelCall& call, const RunState&, int part, int parts) {
    const Pieces p(call.out[0], call.in[0], call.integers[0]);
    const Real* x = static_cast<const Real*>(call.in[0].data);
    Real* y = static_cast<Real*>(call.out[0].data);
    if (p.inner == 1) {
        const Span pieces = share(p.outer, 1, part, parts);
        for (std::int64_t o = pieces.begin; o < pieces.end; ++o) std::fill_n(y + o * p.times, p.times, x[o]);
        return;
    }
    const Span rows = share(p.outer * p.times, 1, part, parts);
    for (std::int64_t row = rows.begin; row < rows.end; ++row)
        std::copy_n(x + row / p.times * p.inner, p.inner, y + row * p.inner);
}

void fold(const KernelCall& call, const RunState&, int part, int parts) {
    const Pieces p(call.in[0], call.out[0], call.integers[0]);
    const Real* a = static_cast<const Real*>(call.in[0].data);
    const Real* b = static_cast<const Real*>(call.in[1].data);
    Real* y = static_cast<Real*>(call.out[0].data);
    if (p.inner == 1) {
        const Span rows = share(p.outer, 1, part, parts);
        for (std::int64_t o = rows.begin; o < rows.end; ++o)
            y[o] = foldRow(a + o * p.times, b ? b + o * p.times : nullptr, p.times);
        return;
    }
    constexpr std::int64_t width = widestStrip * L::size;
    const std::int64_t strips = (p.inner + width - 1) / width;
    const Span jobs = share(p.outer * strips, 1, part, parts);
    for (std::int64_t job = jobs.begin; job < jobs.end; ++job) {
        const std::int64_t o = job / strips, first = job % strips * width;
        eachStrip(first, std::min(p.inner, first + width), [&](std::int64_t i, auto registers, std::int64_t n) {
            const std::int64_t from = o * p.times * p.inner + i;
            sumStrip<registers>(a + from, b ? b + from : nullptr, p.times, p.inner, n, y + o * p.inner + i);
        });
    }
}

void scaleShift(const KernelCall& call, const RunState&, int part, int parts) {
    const MatrixView& spread = call.in[1].data ? call.in[1] : call.in[2];
    const Pieces p(call.out[0], spread, call.integers[0]);
    const Real *x = static_cast<const Real*>(call.in[0].data), *s = static_cast<const Real*>(call.in[1].data),
               *t = static_cast<const Real*>(call.in[2].data);
    Real* y = static_cast<Real*>(call.out[0].data);
    const bool single = p.inner == 1;
    const std::int64_t width = single ? p.times : p.inner;
    const Span rows = share(single ? p.outer : p.outer * p.times, 1, part, parts);
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
        const std::int64_t at = single ? row : row / p.times * p.inner;
        (single ? scaleRow : scalePiece)(x + row * width, s ? s + at : nullptr, t ? t + at : nullptr, y + row * width,
                                         width);
    }
}

void affine(const KernelCall& call, const RunState&, int part, int parts) {
    const L scale(call.numbers[0]), offset(call.numbers[1]);
    mapElements<L, 1>(call, part, parts, [=](const L(&in)[1]) { return in[0] * scale + offset; });
}

}  // namespace perceptory::backends::isa
