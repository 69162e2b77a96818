// Kernels that add up rows or columns, in an order that depends on shapes alone.

#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Share.h"
#include "engine/backends/isa/Strips.h"

namespace perceptory::backends::isa {

namespace {

using L = Lanes;
using Real = L::Real;

constexpr std::int64_t meanBlock = 256;

Real meanOfRow(const Real* from, std::int64_t count) {
    L sum(0);
    std::int64_t c = 0;
    for (; c + L::size <= count; c += L::size) sum = sum + L::load(from + c);
    if (c < count) sum = sum + L::loadPart(from + c, count - c);
    return sum.sum() / static_cast<Real>(count);
}

struct Sums {
    double weighted = 0;
    double weights = 0;
};

// `values` may be left out (null).
Sums weightedSums(const MatrixView& values, const MatrixView& weights) {
    Sums total;
    for (std::int64_t block = 0; block < weights.rows; block += meanBlock) {
        Sums sum;
        for (std::int64_t r = block; r < std::min(weights.rows, block + meanBlock); ++r) {
            const double w = *row<const Real>(weights, r);
            if (values.data && w != 0) sum.weighted += w * *row<const Real>(values, r);
            sum.weights += w;
        }
        total.weighted += sum.weighted;
        total.weights += sum.weights;
    }
    return total;
}

}  // namespace

void sumRows(const KernelCall& call, const RunState&, int part, int parts) {
    const MatrixView& in = call.in[0];
    const Span columns = share(call.out[0].columns, widestStrip * L::size, part, parts);
    eachStrip(columns.begin, columns.end, [&](std::int64_t c, auto registers, std::int64_t lanes) {
        sumStrip<registers>(row<const Real>(in, 0) + c, nullptr, in.rows, in.stride, lanes,
                            row<Real>(call.out[0], 0) + c);
    });
}

void sumPixels(const KernelCall& call, const RunState&, int part, int parts) {
    const std::int64_t width = call.out[0].columns;
    const Span channels = share(width, L::size, part, parts);
    Real* to = static_cast<Real*>(call.out[0].data);
    for (std::int64_t c = channels.begin; c < channels.end; c += L::size) {
        const std::int64_t count = std::min<std::int64_t>(L::size, channels.end - c);
        L total(0);
        for (std::int64_t r = 0; r < call.in[0].rows; ++r) {
            const Real* from = row<const Real>(call.in[0], r) + c;
            L sum(0);
            for (std::int64_t p = 0; p < call.in[0].columns; p += width) sum = sum + L::loadPart(from + p, count);
            total = total + sum;
        }
        total.storePart(to + c, count);
    }
}

void rowMean(const KernelCall& call, const RunState&, int part, int parts) {
    const Span rows = share(call.in[0].rows, 1, part, parts);
    for (std::int64_t r = rows.begin; r < rows.end; ++r)
        *row<Real>(call.out[0], r) = meanOfRow(row<const Real>(call.in[0], r), call.in[0].columns);
}

void weightedMean(const KernelCall& call, const RunState&, int part, int) {
    if (part != 0) return;
    const Sums sums = weightedSums(inRowsOf(call.in[0], 1), inRowsOf(call.in[1], 1));
    *static_cast<Real*>(call.out[0].data) =
        sums.weights != 0 ? static_cast<Real>(sums.weighted / sums.weights) : Real(0);
}

void weightedMeanGradient(const KernelCall& call, const RunState&, int part, int) {
    if (part != 0) return;
    const MatrixView weights = inRowsOf(call.in[0], 1), out = inRowsOf(call.out[0], 1);
    const double sum = weightedSums({}, weights).weights;
    const double d = *static_cast<const Real*>(call.in[1].data);
    for (std::int64_t r = 0; r < weights.rows; ++r)
        *row<Real>(out, r) = sum != 0 ? static_cast<Real>(d * *row<const Real>(weights, r) / sum) : Real(0);
}

}  // namespace perceptory::backends::isa
