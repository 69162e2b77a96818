// Kernels that pick rows of a table, multiply small matrices sample by sample, and draw random numbers.

#include <cmath>
#include <limits>
#include <numbers>

#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Philox.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Share.h"

namespace perceptory::backends::isa {

namespace {

using L = Lanes;
using Real = L::Real;

// The row that x names, or -1.
std::int64_t rowNumber(Real x, std::int64_t rows) {
    return x >= 0 && x < static_cast<Real>(rows) ? static_cast<std::int64_t>(x) : -1;
}

void addTo(Real* to, const Real* from, std::int64_t count) {
    for (std::int64_t i = 0; i < count; i += L::size) {
        const std::int64_t n = std::min<std::int64_t>(L::size, count - i);
        (L::loadPart(to + i, n) + L::loadPart(from + i, n)).storePart(to + i, n);
    }
}

// to[n] = Σ_k a[k] · b[k][n]
void rowTimesMatrix(const Real* a, const Real* b, Real* to, std::int64_t k, std::int64_t n) {
    for (std::int64_t i = 0; i < n; i += L::size) {
        const std::int64_t lanes = std::min<std::int64_t>(L::size, n - i);
        L sum(0);
        for (std::int64_t j = 0; j < k; ++j)
            sum = fma_(L(static_cast<double>(a[j])), L::loadPart(b + j * n + i, lanes), sum);
        sum.storePart(to + i, lanes);
    }
}

// to[n] = Σ_k a[k] · b[n][k]
void rowTimesTransposed(const Real* a, const Real* b, Real* to, std::int64_t k, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) {
        L sum(0);
        for (std::int64_t j = 0; j < k; j += L::size) {
            const std::int64_t lanes = std::min<std::int64_t>(L::size, k - j);
            sum = fma_(L::loadPart(a + j, lanes), L::loadPart(b + i * k + j, lanes), sum);
        }
        to[i] = sum.sum();
    }
}

}  // namespace

void gatherRows(const KernelCall& call, const RunState&, int part, int parts) {
    const std::int64_t width = call.integers[0], count = call.out[0].rows * call.out[0].columns / width;
    const std::int64_t rows = call.in[1].rows * call.in[1].columns / width;
    const Real *x = static_cast<const Real*>(call.in[0].data), *table = static_cast<const Real*>(call.in[1].data);
    Real* y = static_cast<Real*>(call.out[0].data);
    const Span mine = share(count, 1, part, parts);
    for (std::int64_t j = mine.begin; j < mine.end; ++j) {
        const std::int64_t r = rowNumber(x[j], rows);
        if (r < 0)
            std::fill_n(y + j * width, width, std::numeric_limits<Real>::quiet_NaN());
        else
            std::copy_n(table + r * width, width, y + j * width);
    }
}

void scatterRows(const KernelCall& call, const RunState&, int part, int parts) {
    const std::int64_t width = call.integers[0], rows = call.out[0].rows * call.out[0].columns / width;
    const std::int64_t count = call.in[0].rows * call.in[0].columns;
    const Real *x = static_cast<const Real*>(call.in[0].data), *dy = static_cast<const Real*>(call.in[1].data);
    Real* to = static_cast<Real*>(call.out[0].data);
    const Span mine = share(rows, 1, part, parts);
    std::fill_n(to + mine.begin * width, (mine.end - mine.begin) * width, Real(0));
    const std::int64_t first = call.integers[1] ? 1 : 0;
    for (std::int64_t j = 0; j < count; ++j) {
        const std::int64_t r = rowNumber(x[j], rows);
        if (r >= std::max(first, mine.begin) && r < mine.end) addTo(to + r * width, dy + j * width, width);
    }
}

void oneHot(const KernelCall& call, const RunState&, int part, int parts) {
    const std::int64_t classes = call.integers[0];
    const Real* x = static_cast<const Real*>(call.in[0].data);
    Real* y = static_cast<Real*>(call.out[0].data);
    const Span units = share(call.out[0].rows * call.out[0].columns / classes, 1, part, parts);
    std::fill_n(y + units.begin * classes, (units.end - units.begin) * classes, Real(0));
    for (std::int64_t j = units.begin; j < units.end; ++j)
        if (const std::int64_t k = rowNumber(x[j], classes); k >= 0) y[j * classes + k] = 1;
}

void batchedProduct(const KernelCall& call, const RunState&, int part, int parts) {
    const auto [m, k, n, plain] = call.integers;
    const Real *a = static_cast<const Real*>(call.in[0].data), *b = static_cast<const Real*>(call.in[1].data);
    Real* y = static_cast<Real*>(call.out[0].data);
    const Span rows = share(call.out[0].rows * call.out[0].columns / n, 1, part, parts);
    for (std::int64_t row = rows.begin; row < rows.end; ++row)
        (plain ? rowTimesMatrix : rowTimesTransposed)(a + row * k, b + row / m * k * n, y + row * n, k, n);
}

void noise(const KernelCall& call, const RunState& state, int part, int parts) {
    constexpr std::int64_t chunk = 4 * philoxBlocks;
    const PhiloxKey key{state.seed, static_cast<std::uint32_t>(call.integers[0]), state.step};
    const std::int64_t all = call.out[0].rows * call.out[0].columns;
    Real* to = static_cast<Real*>(call.out[0].data);
    const Span mine = share(all, chunk, part, parts);
    for (std::int64_t first = mine.begin; first < mine.end; first += chunk) {
        std::uint32_t words[chunk];
        philoxWords(key, static_cast<std::uint32_t>(first / 4), words);
        // Box and Muller 1958: two uniform numbers make two normal ones.
        for (std::int64_t i = 0; i < std::min(chunk, mine.end - first); ++i) {
            const double u = (words[i & ~1] + 0.5) * 0x1p-32, v = (words[i | 1] + 0.5) * 0x1p-32;
            const double angle = 2 * std::numbers::pi * v;
            to[first + i] = static_cast<Real>(call.numbers[0] * std::sqrt(-2 * std::log(u)) *
                                              (i & 1 ? std::sin(angle) : std::cos(angle)));
        }
    }
}

}  // namespace perceptory::backends::isa
