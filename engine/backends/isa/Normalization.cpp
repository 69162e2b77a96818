// Mean and variance of groups of values, and what is left of x when they are taken out. x is read as {O, R, G, I}; a
// thread takes whole groups, or registers of them, so the order of every sum is that of the shape.

#include <array>
#include <cmath>

#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Share.h"

namespace perceptory::backends::isa {

namespace {

using L = Lanes;
using Real = L::Real;

constexpr std::int64_t sumBlock = 64;

struct Groups {
    std::int64_t outer, rows, groups, inner;

    explicit Groups(const KernelCall& call) {
        const std::int64_t all = call.out[0].rows * call.out[0].columns;
        groups = call.integers[1];
        inner = call.integers[2];
        shared = call.integers[3] != 0;
        rows = call.integers[0] ? call.integers[0] : all / (groups * inner);
        outer = all / (rows * groups * inner);
    }
    bool shared;  // one set of statistics for the batch

    std::int64_t count() const { return rows * inner; }
    // A lone value has no spread of its own: other statistics stand in.
    bool lone() const { return shared && count() == 1; }
    std::int64_t stride() const { return groups * inner; }
};

// One group's values (lanes across them), or registers of neighbouring groups of one number each (lanes across groups).
struct Cell {
    std::int64_t first;  // of its values, and of its statistics: group
    std::int64_t outer, group;
    std::int64_t lanes;  // groups at once; 0: one group whose inner values are the lanes
};

// f(cell) for the share of cells of this thread.
template <class F>
void eachCell(const Groups& g, int part, int parts, F f) {
    const bool across = g.inner == 1;
    const std::int64_t cells = across ? (g.groups + L::size - 1) / L::size : g.groups;
    const Span mine = share(g.outer * cells, 1, part, parts);
    for (std::int64_t job = mine.begin; job < mine.end; ++job) {
        const std::int64_t o = job / cells, group = job % cells * (across ? L::size : 1);
        f(Cell{o * g.rows * g.stride() + group * g.inner, o, group,
               across ? std::min<std::int64_t>(L::size, g.groups - group) : 0});
    }
}

template <class F>
void eachRegisterOf(const Groups& g, const Cell& cell, F f) {
    for (std::int64_t r = 0; r < g.rows; ++r) {
        const std::int64_t at = cell.first + r * g.stride();
        if (cell.lanes) {
            f(at, cell.lanes);
        } else {
            for (std::int64_t i = 0; i < g.inner; i += L::size) f(at + i, std::min<std::int64_t>(L::size, g.inner - i));
        }
    }
}

// Means over the cell's group of `Count` values that values(index, lanes, out) gives: registers, one number per group,
// or all lanes the same.
template <int Count, class F>
std::array<L, Count> meansOf(const Groups& g, const Cell& cell, F values) {
    std::array<L, Count> totals, sums;
    totals.fill(L(0));
    sums.fill(L(0));
    std::int64_t inBlock = 0;
    const auto addBlock = [&] {
        for (int i = 0; i < Count; ++i) {
            totals[i] = totals[i] + sums[i];
            sums[i] = L(0);
        }
        inBlock = 0;
    };
    eachRegisterOf(g, cell, [&](std::int64_t at, std::int64_t n) {
        std::array<L, Count> x;
        values(at, n, x);
        for (int i = 0; i < Count; ++i) sums[i] = sums[i] + x[i];
        if (++inBlock == sumBlock) addBlock();
    });
    addBlock();
    const double count = static_cast<double>(g.count());
    for (L& total : totals) total = cell.lanes ? total / L(count) : L(static_cast<double>(total.sum()) / count);
    return totals;
}

template <class F>
L meanOf(const Groups& g, const Cell& cell, F value) {
    return meansOf<1>(g, cell,
                      [&](std::int64_t at, std::int64_t n, std::array<L, 1>& out) { out[0] = value(at, n); })[0];
}

// Lanes behind the end must not count: value() gives 0 there.
L masked(L x, std::int64_t lanes) {
    if (lanes == L::size) return x;
    Real parts[L::size] = {};
    x.storePart(parts, lanes);
    return L::load(parts);
}

}  // namespace

void normalize(const KernelCall& call, const RunState&, int part, int parts) {
    const Groups g(call);
    const Real* x = static_cast<const Real*>(call.in[0].data);
    Real *y = static_cast<Real*>(call.out[0].data), *statistics = static_cast<Real*>(call.out[1].data);
    const double bessel = g.count() > 1 ? static_cast<double>(g.count()) / static_cast<double>(g.count() - 1) : 1;
    const Real* means = g.lone() ? static_cast<const Real*>(call.in[1].data) : nullptr;
    const Real* variances = g.lone() ? static_cast<const Real*>(call.in[2].data) : nullptr;
    eachCell(g, part, parts, [&](const Cell& cell) {
        const L mean = means ? L::loadPart(means + cell.group, cell.lanes)
                             : meanOf(g, cell, [&](std::int64_t at, std::int64_t n) { return L::loadPart(x + at, n); });
        const L variance = variances ? L::loadPart(variances + cell.group, cell.lanes)
                                     : meanOf(g, cell, [&](std::int64_t at, std::int64_t n) {
                                           const L d = masked(L::loadPart(x + at, n) - mean, n);
                                           return d * d;
                                       });
        const L inverse = L(1) / sqrt_(variance + L(call.numbers[0]));
        eachRegisterOf(g, cell, [&](std::int64_t at, std::int64_t n) {
            ((L::loadPart(x + at, n) - mean) * inverse).storePart(y + at, n);
        });
        Real* to = statistics + cell.outer * 3 * g.groups + cell.group;
        const std::int64_t n = std::max<std::int64_t>(cell.lanes, 1);
        mean.storePart(to, n);
        (variance * L(bessel)).storePart(to + g.groups, n);
        inverse.storePart(to + 2 * g.groups, n);
    });
}

void normalizeGradient(const KernelCall& call, const RunState&, int part, int parts) {
    const Groups g(call);
    const Real *y = static_cast<const Real*>(call.in[0].data), *dy = static_cast<const Real*>(call.in[2].data);
    const Real* statistics = static_cast<const Real*>(call.in[1].data);
    Real* dx = static_cast<Real*>(call.out[0].data);
    eachCell(g, part, parts, [&](const Cell& cell) {
        const Real* from = statistics + (cell.outer * 3 + 2) * g.groups + cell.group;
        const L inverse = cell.lanes ? L::loadPart(from, cell.lanes) : L(static_cast<double>(*from));
        if (g.lone())
            return (L::loadPart(dy + cell.first, cell.lanes) * inverse).storePart(dx + cell.first, cell.lanes);
        const auto [mean, slope] = meansOf<2>(g, cell, [&](std::int64_t at, std::int64_t n, std::array<L, 2>& out) {
            out[0] = L::loadPart(dy + at, n);
            out[1] = out[0] * L::loadPart(y + at, n);
        });
        eachRegisterOf(g, cell, [&](std::int64_t at, std::int64_t n) {
            ((L::loadPart(dy + at, n) - mean - L::loadPart(y + at, n) * slope) * inverse).storePart(dx + at, n);
        });
    });
}

}  // namespace perceptory::backends::isa
