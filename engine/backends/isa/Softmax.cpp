// Softmax with cross-entropy on class indices: loss = log Σ exp(z − max) − (z_class − max), p = exp(z − max) / Σ.

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

bool isClass(Real index, std::int64_t classes) { return index >= 0 && index < static_cast<Real>(classes); }

}  // namespace

void softmaxCrossEntropy(const KernelCall& call, const RunState&, int part, int parts) {
    const std::int64_t classes = call.in[0].columns;
    const Span rows = share(call.in[0].rows, 1, part, parts);
    for (std::int64_t r = rows.begin; r < rows.end; ++r) {
        const Real* z = row<const Real>(call.in[0], r);
        Real* p = row<Real>(call.out[1], r);
        const Real top = largest(z, classes);
        const Real sum = exponentials(z, p, classes, top);
        const L scale = L(1) / L(sum);
        eachRegister(classes,
                     [&](std::int64_t c, std::int64_t n) { (L::loadPart(p + c, n) * scale).storePart(p + c, n); });
        const Real index = *row<const Real>(call.in[1], r);
        *row<Real>(call.out[0], r) =
            isClass(index, classes)
                ? static_cast<Real>(std::log(static_cast<double>(sum)) - (z[static_cast<std::int64_t>(index)] - top))
                : std::numeric_limits<Real>::quiet_NaN();
    }
}

void softmaxCrossEntropyGradient(const KernelCall& call, const RunState&, int part, int parts) {
    const std::int64_t classes = call.in[0].columns;
    const Span rows = share(call.in[0].rows, 1, part, parts);
    for (std::int64_t r = rows.begin; r < rows.end; ++r) {
        const Real* p = row<const Real>(call.in[0], r);
        Real* dz = row<Real>(call.out[0], r);
        const Real dl = *row<const Real>(call.in[2], r);
        const L scale(dl);
        eachRegister(classes,
                     [&](std::int64_t c, std::int64_t n) { (L::loadPart(p + c, n) * scale).storePart(dz + c, n); });
        const Real index = *row<const Real>(call.in[1], r);
        if (isClass(index, classes)) dz[static_cast<std::int64_t>(index)] -= dl;
    }
}

}  // namespace perceptory::backends::isa
