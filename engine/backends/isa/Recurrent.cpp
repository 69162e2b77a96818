// Recurrent layers step by step. A thread takes its samples through the whole sequence: one matrix product a step for
// all of them, then the cell's formula, unit by unit in lanes.

#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/ProductTiles.h"
#include "engine/tensor/Recurrence.h"

namespace perceptory::backends::isa {

namespace recurrence {

using L = Lanes;
using Real = L::Real;
using tensor::Cell;
using tensor::Recurrence;

// One sample's memory over all steps.
struct Sample {
    Real* data;
    std::int64_t width;  // numbers of a step

    Real* at(std::int64_t step) const { return data + step * width; }
};

Sample sample(const MatrixView& view, std::int64_t n, std::int64_t width) { return {row<Real>(view, n), width}; }

// f(first unit, units in this register)
template <class F>
void eachRegisterOf(std::int64_t units, F f) {
    for (std::int64_t i = 0; i < units; i += L::size) f(i, std::min<std::int64_t>(L::size, units - i));
}

bool isPadding(const MatrixView& mask, std::int64_t n, std::int64_t step) {
    return mask.data && row<const Real>(mask, n)[step] == 0;
}

// out[n, t] (+)= a[n, s]·b for the samples of `rows`: strided rows of the two sequences.
void stepProduct(const MatrixView& a, std::int64_t aOffset, const MatrixView& b, const MatrixView& out,
                 std::int64_t outOffset, Span rows) {
    const product::Product x{static_cast<const Real*>(a.data) + aOffset,
                             a.stride,
                             1,
                             static_cast<const Real*>(b.data),
                             b.stride,
                             nullptr,
                             static_cast<Real*>(out.data) + outOffset,
                             out.stride,
                             b.rows,
                             true};
    product::multiply<false>(x, rows, {0, b.columns});
}

class Forward {
public:
    explicit Forward(const KernelCall& call)
        : m_call(call), m_r(Recurrence::of({call.integers[0], call.integers[1], call.integers[2], call.integers[3]})) {}

    void run(Span rows) const {
        for (std::int64_t i = 0; i < m_r.steps; ++i) {
            const std::int64_t t = m_r.step(i);
            for (std::int64_t n = rows.begin; n < rows.end; ++n) start(n, t);
            if (i > 0)
                stepProduct(m_call.out[0], m_r.step(i - 1) * m_r.units, m_call.in[1], m_call.out[1],
                            t * m_r.kept() * m_r.units, rows);
            for (std::int64_t n = rows.begin; n < rows.end; ++n) finish(n, i);
        }
    }

private:
    // The sums before the state's share: z + v, of a GRU v alone.
    void start(std::int64_t n, std::int64_t t) const {
        const std::int64_t sums = m_r.gates() * m_r.units;
        const Real* z = sample(m_call.in[0], n, sums).at(t);
        const Real* v = static_cast<const Real*>(m_call.in[2].data);
        Real* to = sample(m_call.out[1], n, m_r.kept() * m_r.units).at(t);
        const bool alone = m_r.cell == Cell::Gru;
        eachRegisterOf(sums, [&](std::int64_t i, std::int64_t count) {
            L sum = alone ? L(0) : L::loadPart(z + i, count);
            if (v) sum = sum + L::loadPart(v + i, count);
            sum.storePart(to + i, count);
        });
    }

    void finish(std::int64_t n, std::int64_t i) const {
        const std::int64_t t = m_r.step(i), units = m_r.units;
        const Sample states = sample(m_call.out[0], n, units), kept = sample(m_call.out[1], n, m_r.kept() * units);
        const Real* before = i > 0 ? states.at(m_r.step(i - 1)) : nullptr;
        const Real* keptBefore = i > 0 ? kept.at(m_r.step(i - 1)) : nullptr;
        Real* h = states.at(t);
        Real* k = kept.at(t);
        if (isPadding(m_call.in[3], n, t)) return hold(before, keptBefore, h, k);
        const Real* z = sample(m_call.in[0], n, m_r.gates() * units).at(t);
        eachRegisterOf(units, [&](std::int64_t u, std::int64_t count) {
            const L old = before ? L::loadPart(before + u, count) : L(0);
            if (m_r.cell == Cell::Simple)
                simple(k + u, h + u, count);
            else if (m_r.cell == Cell::Lstm)
                lstm(k + u, keptBefore ? keptBefore + u : nullptr, h + u, count);
            else
                gru(z + u, k + u, old, h + u, count);
        });
    }

    // Padding: the state of the step before, and gates that let nothing through.
    void hold(const Real* before, const Real* keptBefore, Real* h, Real* k) const {
        const std::int64_t units = m_r.units;
        std::fill_n(k, m_r.kept() * units, Real(0));
        for (std::int64_t u = 0; u < units; ++u) h[u] = before ? before[u] : Real(0);
        if (m_r.cell == Cell::Lstm && keptBefore) std::copy_n(keptBefore + 4 * units, units, k + 4 * units);
    }

    void simple(Real* k, Real* h, std::int64_t count) const {
        const L y = tanh_(L::loadPart(k, count));
        y.storePart(k, count);
        y.storePart(h, count);
    }

    void lstm(Real* k, const Real* keptBefore, Real* h, std::int64_t count) const {
        const std::int64_t units = m_r.units;
        const L i = sigmoid_(L::loadPart(k, count)), f = sigmoid_(L::loadPart(k + units, count)),
                g = tanh_(L::loadPart(k + 2 * units, count)), o = sigmoid_(L::loadPart(k + 3 * units, count));
        const L old = keptBefore ? L::loadPart(keptBefore + 4 * units, count) : L(0);
        const L c = f * old + i * g;
        i.storePart(k, count);
        f.storePart(k + units, count);
        g.storePart(k + 2 * units, count);
        o.storePart(k + 3 * units, count);
        c.storePart(k + 4 * units, count);
        (o * tanh_(c)).storePart(h, count);
    }

    // Kept: r, u, the state's share of n, n.
    void gru(const Real* z, Real* k, L old, Real* h, std::int64_t count) const {
        const std::int64_t units = m_r.units;
        const L r = sigmoid_(L::loadPart(z, count) + L::loadPart(k, count)),
                u = sigmoid_(L::loadPart(z + units, count) + L::loadPart(k + units, count)),
                share = L::loadPart(k + 2 * units, count), n = tanh_(L::loadPart(z + 2 * units, count) + r * share);
        r.storePart(k, count);
        u.storePart(k + units, count);
        n.storePart(k + 3 * units, count);
        ((L(1) - u) * n + u * old).storePart(h, count);
    }

    const KernelCall& m_call;
    Recurrence m_r;
};

class Backward {
public:
    explicit Backward(const KernelCall& call)
        : m_call(call), m_r(Recurrence::of({call.integers[0], call.integers[1], call.integers[2], call.integers[3]})) {}

    void run(Span rows) const {
        for (std::int64_t n = rows.begin; n < rows.end; ++n)
            std::fill_n(row<Real>(m_call.out[2], n), 2 * m_r.units, Real(0));
        if (m_r.cell != Cell::Gru)
            for (std::int64_t n = rows.begin; n < rows.end; ++n) *row<Real>(m_call.out[1], n) = 0;
        const MatrixView& sums = m_r.cell == Cell::Gru ? m_call.out[1] : m_call.out[0];
        for (std::int64_t i = m_r.steps - 1; i >= 0; --i) {
            for (std::int64_t n = rows.begin; n < rows.end; ++n) step(n, i);
            if (i == 0) break;
            if (m_r.cut(i))
                for (std::int64_t n = rows.begin; n < rows.end; ++n)
                    std::fill_n(row<Real>(m_call.out[2], n), 2 * m_r.units, Real(0));
            else
                stepProduct(sums, m_r.step(i) * m_r.gates() * m_r.units, m_call.in[2], m_call.out[2], 0, rows);
        }
    }

private:
    // Leaves in the carried state what reaches the step before without its weights.
    void step(std::int64_t n, std::int64_t i) const {
        const std::int64_t t = m_r.step(i), units = m_r.units, width = m_r.gates() * units;
        Real* dz = sample(m_call.out[0], n, width).at(t);
        Real* ds = m_r.cell == Cell::Gru ? sample(m_call.out[1], n, width).at(t) : dz;
        Real* carried = row<Real>(m_call.out[2], n);
        const Real* dh = sample(m_call.in[3], n, units).at(t);
        if (isPadding(m_call.in[4], n, t)) {
            std::fill_n(dz, width, Real(0));
            std::fill_n(ds, width, Real(0));
            for (std::int64_t u = 0; u < units; ++u) carried[u] += dh[u];
            return;
        }
        const Sample states = sample(m_call.in[1], n, units), kept = sample(m_call.in[0], n, m_r.kept() * units);
        const Real* k = kept.at(t);
        const Real* before = i > 0 ? states.at(m_r.step(i - 1)) : nullptr;
        const Real* keptBefore = i > 0 ? kept.at(m_r.step(i - 1)) : nullptr;
        eachRegisterOf(units, [&](std::int64_t u, std::int64_t count) {
            const L d = L::loadPart(dh + u, count) + L::loadPart(carried + u, count);
            if (m_r.cell == Cell::Simple)
                simple(k + u, d, dz + u, carried + u, count);
            else if (m_r.cell == Cell::Lstm)
                lstm(k + u, keptBefore ? keptBefore + u : nullptr, d, dz + u, carried + u, count);
            else
                gru(k + u, before ? L::loadPart(before + u, count) : L(0), d, dz + u, ds + u, carried + u, count);
        });
    }

    void simple(const Real* k, L d, Real* dz, Real* carried, std::int64_t count) const {
        const L y = L::loadPart(k, count);
        (d * (L(1) - y * y)).storePart(dz, count);
        L(0).storePart(carried, count);
    }

    void lstm(const Real* k, const Real* keptBefore, L d, Real* dz, Real* carried, std::int64_t count) const {
        const std::int64_t units = m_r.units;
        const L i = L::loadPart(k, count), f = L::loadPart(k + units, count), g = L::loadPart(k + 2 * units, count),
                o = L::loadPart(k + 3 * units, count), y = tanh_(L::loadPart(k + 4 * units, count));
        const L old = keptBefore ? L::loadPart(keptBefore + 4 * units, count) : L(0);
        const L dc = L::loadPart(carried + units, count) + d * o * (L(1) - y * y);
        (dc * g * i * (L(1) - i)).storePart(dz, count);
        (dc * old * f * (L(1) - f)).storePart(dz + units, count);
        (dc * i * (L(1) - g * g)).storePart(dz + 2 * units, count);
        (d * y * o * (L(1) - o)).storePart(dz + 3 * units, count);
        L(0).storePart(carried, count);
        (dc * f).storePart(carried + units, count);
    }

    void gru(const Real* k, L old, L d, Real* dz, Real* ds, Real* carried, std::int64_t count) const {
        const std::int64_t units = m_r.units;
        const L r = L::loadPart(k, count), u = L::loadPart(k + units, count), share = L::loadPart(k + 2 * units, count),
                n = L::loadPart(k + 3 * units, count);
        const L dn = d * (L(1) - u) * (L(1) - n * n), dr = dn * share * r * (L(1) - r),
                du = d * (old - n) * u * (L(1) - u);
        dr.storePart(dz, count);
        du.storePart(dz + units, count);
        dn.storePart(dz + 2 * units, count);
        dr.storePart(ds, count);
        du.storePart(ds + units, count);
        (dn * r).storePart(ds + 2 * units, count);
        (d * u).storePart(carried, count);
    }

    const KernelCall& m_call;
    Recurrence m_r;
};

}  // namespace recurrence

void recurrent(const KernelCall& call, const RunState&, int part, int parts) {
    recurrence::Forward(call).run(share(call.out[0].rows, product::tileRows, part, parts));
}

void recurrentGradient(const KernelCall& call, const RunState&, int part, int parts) {
    recurrence::Backward(call).run(share(call.out[0].rows, product::tileRows, part, parts));
}

}  // namespace perceptory::backends::isa
