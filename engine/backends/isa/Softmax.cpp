// Softmax: p = exp(z − max) / Σ; with cross-entropy on class indices: loss = log Σ exp(z − max) − (z_class − max).

#include <cmath>
#include <limits>

#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Share.h"

namespace perceptory::backends::isa {

namespace {

using L = Lanes;
using Real = L::Real;

// f(first column, columns in this register) for each register of a row.
template <class F>
void eachRegister(std::int64_t columns, F f) {
    for (std::int64_t c = 0; c < columns; c += L::size) f(c, std::min<std::int64_t>(L::size, columns - c));
}

Real largest(const Real* z, std::int64_t columns) {
    constexpr Real lowest = -std::numeric_limits<Real>::infinity();
    L result(lowest);
    eachRegister(columns,
                 [&](std::int64_t c, std::int64_t n) { result = max_(result, L::loadPart(z + c, n, lowest)); });
    return result.largest();
}

// Writes exp(z − top) and returns the sum.
Real exponentials(const Real* z, Real* to, std::int64_t columns, Real top) {
    constexpr Real lowest = -std::numeric_limits<Real>::infinity();
    const L shift(top);
    L sum(0);
    eachRegister(columns, [&](std::int64_t c, std::int64_t n) {
        const L x = L::loadPart(z + c, n, lowest) - shift;
        // exp of the lanes is held above e^-88; a true zero keeps lanes behind the end out of the sum.
        const L y = where_(x < L(-88), L(0), exp_(x));
        y.storePart(to + c, n);
        sum = sum + y;
    });
    return sum.sum();
}

void multiplyRow(const Real* from, L factor, Real* to, std::int64_t columns) {
    eachRegister(columns,
                 [&](std::int64_t c, std::int64_t n) { (L::loadPart(from + c, n) * factor).storePart(to + c, n); });
}

// Σ over a row of value(first column, columns in this register).
template <class F>
Real sumOfRow(std::int64_t columns, F value) {
    L sum(0);
    eachRegister(columns, [&](std::int64_t c, std::int64_t n) { sum = sum + value(c, n); });
    return sum.sum();
}

// f(piece) for the pieces of integers[0] elements that are this thread's share.
template <class F>
void eachPiece(const KernelCall& call, int part, int parts, F f) {
    const std::int64_t width = call.integers[0];
    const Span pieces = share(call.out[0].rows * call.out[0].columns / width, 1, part, parts);
    for (std::int64_t piece = pieces.begin; piece < pieces.end; ++piece) f(piece * width, width);
}

bool isClass(Real index, std::int64_t classes) { return index >= 0 && index < static_cast<Real>(classes); }

}  // namespace

void softmaxCrossEntropy(const KernelCall& call, const RunState&, int part, int parts) {
    const std::int64_t classes = call.out[1].columns / call.out[0].columns;
    const MatrixView logits = inRowsOf(call.in[0], classes), shares = inRowsOf(call.out[1], classes),
                     indices = inRowsOf(call.in[1], 1), losses = inRowsOf(call.out[0], 1);
    const double smoothing = call.numbers[0];
    const Span rows = share(logits.rows, 1, part, parts);
    for (std::int64_t r = rows.begin; r < rows.end; ++r) {
        const Real* z = row<const Real>(logits, r);
        Real* p = row<Real>(shares, r);
        const Real top = largest(z, classes), sum = exponentials(z, p, classes, top);
        multiplyRow(p, L(1) / L(sum), p, classes);
        const Real index = *row<const Real>(indices, r);
        double target = isClass(index, classes) ? z[static_cast<std::int64_t>(index)] - top
                                                : std::numeric_limits<double>::quiet_NaN();
        if (smoothing > 0) {
            const double mean =
                sumOfRow(classes, [&](std::int64_t c, std::int64_t n) { return L::loadPart(z + c, n); }) /
                static_cast<double>(classes);
            target = (1 - smoothing) * target + smoothing * (mean - top);
        }
        const bool ignored = index == static_cast<Real>(call.integers[0] - 1);
        *row<Real>(losses, r) = ignored ? Real(0) : static_cast<Real>(std::log(static_cast<double>(sum)) - target);
    }
}

void softmaxCrossEntropyGradient(const KernelCall& call, const RunState&, int part, int parts) {
    const std::int64_t classes = call.out[0].columns / call.in[1].columns;
    const MatrixView shares = inRowsOf(call.in[0], classes), indices = inRowsOf(call.in[1], 1),
                     dl = inRowsOf(call.in[2], 1), dz = inRowsOf(call.out[0], classes);
    const double smoothing = call.numbers[0];
    const Span rows = share(shares.rows, 1, part, parts);
    for (std::int64_t r = rows.begin; r < rows.end; ++r) {
        const Real* p = row<const Real>(shares, r);
        Real* to = row<Real>(dz, r);
        const Real d = *row<const Real>(dl, r), index = *row<const Real>(indices, r);
        if (index == static_cast<Real>(call.integers[0] - 1)) {
            std::fill_n(to, classes, Real(0));
            continue;
        }
        if (smoothing == 0) {
            multiplyRow(p, L(d), to, classes);
        } else {
            const L factor(d), spread(d * smoothing / static_cast<double>(classes));
            eachRegister(classes, [&](std::int64_t c, std::int64_t n) {
                (L::loadPart(p + c, n) * factor - spread).storePart(to + c, n);
            });
        }
        if (isClass(index, classes)) to[static_cast<std::int64_t>(index)] -= static_cast<Real>(d * (1 - smoothing));
    }
}

void softmax(const KernelCall& call, const RunState&, int part, int parts) {
    const bool logarithm = call.integers[1] == 1;
    eachPiece(call, part, parts, [&](std::int64_t at, std::int64_t width) {
        const Real* x = static_cast<const Real*>(call.in[0].data) + at;
        Real* y = static_cast<Real*>(call.out[0].data) + at;
        const Real top = largest(x, width), sum = exponentials(x, y, width, top);
        if (!logarithm) return multiplyRow(y, L(1) / L(sum), y, width);
        const L shift(top + std::log(static_cast<double>(sum)));
        eachRegister(width,
                     [&](std::int64_t c, std::int64_t n) { (L::loadPart(x + c, n) - shift).storePart(y + c, n); });
    });
}

void softmaxGradient(const KernelCall& call, const RunState&, int part, int parts) {
    const bool logarithm = call.integers[1] == 1;
    eachPiece(call, part, parts, [&](std::int64_t at, std::int64_t width) {
        const Real *y = static_cast<const Real*>(call.in[0].data) + at,
                   *dy = static_cast<const Real*>(call.in[1].data) + at;
        Real* dx = static_cast<Real*>(call.out[0].data) + at;
        const L sum(static_cast<double>(sumOfRow(width, [&](std::int64_t c, std::int64_t n) {
            const L d = L::loadPart(dy + c, n);
            return logarithm ? d : d * L::loadPart(y + c, n);
        })));
        eachRegister(width, [&](std::int64_t c, std::int64_t n) {
            const L p = L::loadPart(y + c, n), d = L::loadPart(dy + c, n);
            (logarithm ? d - exp_(p) * sum : p * (d - sum)).storePart(dx + c, n);
        });
    });
}

}  // namespace perceptory::backends::isa
