// Batch normalization of images, with scale, shift and ReLU, in two passes over the values each way: sums over blocks
// of pixels, then the result. A thread takes whole blocks, and each puts all sums together for itself, always in the
// same order.

#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Share.h"
#include "engine/backends/isa/Strips.h"

namespace perceptory::backends::isa {

namespace {

using L = Lanes;
using Real = L::Real;

struct Layout {
    std::int64_t samples, pixels, channels, blocks;  // pixels and blocks of a sample

    Layout(const KernelCall& call, const MatrixView& sums)
        : samples(call.in[0].rows),
          pixels(call.in[0].columns / call.integers[0]),
          channels(call.integers[0]),
          blocks(sums.columns / (2 * call.integers[0])) {}
    double count() const { return static_cast<double>(samples * pixels); }
    Span block(std::int64_t index) const {
        const std::int64_t first = index / blocks * pixels, b = index % blocks;
        return {first + pixels * b / blocks, first + pixels * (b + 1) / blocks};
    }
};

template <int R>
struct Strip {
    L r[R];

    Strip() = default;
    explicit Strip(double value) {
        for (L& each : r) each = L(value);
    }
    static Strip load(const Real* from, std::int64_t lanes) {
        Strip strip;
        for (int i = 0; i < R; ++i)
            strip.r[i] = lanes == L::size ? L::load(from + i * L::size) : L::loadPart(from + i * L::size, lanes);
        return strip;
    }
    void store(Real* to, std::int64_t lanes) const {
        for (int i = 0; i < R; ++i)
            lanes == L::size ? r[i].store(to + i * L::size) : r[i].storePart(to + i * L::size, lanes);
    }
};

// of(i) for every register.
template <int R, class F>
Strip<R> each(F of) {
    Strip<R> strip;
    for (int i = 0; i < R; ++i) strip.r[i] = of(i);
    return strip;
}

// What forward and backward know of a strip of channels.
template <int R>
struct Norm {
    Strip<R> mean, inverse, s, t;

    L normal(L x, int i) const { return (x - mean.r[i]) * inverse.r[i]; }
    L scaled(L normal, int i) const { return fma_(normal, s.r[i], t.r[i]); }
};

template <int R>
Norm<R> normOf(const KernelCall& call, std::int64_t channel, std::int64_t lanes) {
    const Real* statistics = static_cast<const Real*>(call.in[1].data) + channel;
    const std::int64_t channels = call.integers[0];
    return {Strip<R>::load(statistics, lanes), Strip<R>::load(statistics + 2 * channels, lanes),
            Strip<R>::load(static_cast<const Real*>(call.in[2].data) + channel, lanes),
            Strip<R>::load(static_cast<const Real*>(call.in[3].data) + channel, lanes)};
}

template <int R>
L slope(const Norm<R>& norm, L normal, L dy, int i, bool relu) {
    return relu ? where_(norm.scaled(normal, i) > L(0), dy, L(0)) : dy;
}

}  // namespace

void channelSums(const KernelCall& call, const RunState&, int part, int parts) {
    const Layout all(call, call.out[0]);
    const Real* x = static_cast<const Real*>(call.in[0].data);
    Real* to = static_cast<Real*>(call.out[0].data);
    const Span mine = share(all.samples * all.blocks, 1, part, parts);
    eachStrip(0, all.channels, [&](std::int64_t c, auto registers, std::int64_t lanes) {
        constexpr int R = registers;
        for (std::int64_t b = mine.begin; b < mine.end; ++b) {
            const Span rows = all.block(b);
            // Distances from the first pixel: squares of the values themselves would cancel.
            const auto first = Strip<R>::load(x + rows.begin * all.channels + c, lanes);
            Strip<R> sum(0), squares(0);
            for (std::int64_t row = rows.begin + 1; row < rows.end; ++row) {
                const auto values = Strip<R>::load(x + row * all.channels + c, lanes);
                for (int i = 0; i < R; ++i) {
                    const L d = values.r[i] - first.r[i];
                    sum.r[i] = sum.r[i] + d;
                    squares.r[i] = fma_(d, d, squares.r[i]);
                }
            }
            const L count(static_cast<double>(rows.end - rows.begin));
            Real* place = to + 2 * b * all.channels + c;
            each<R>([&](int i) { return first.r[i] + sum.r[i] / count; }).store(place, lanes);
            each<R>([&](int i) {
                return max_(squares.r[i] - sum.r[i] * sum.r[i] / count, L(0));
            }).store(place + all.channels, lanes);
        }
    });
}

namespace {

// Σ over all blocks of term(first, second number of the block, its pixels, register), samples added in order.
template <int R, class F>
Strip<R> sumOverBlocks(const Layout& all, const Real* sums, std::int64_t c, std::int64_t lanes, F term) {
    Strip<R> sum(0);
    for (std::int64_t sample = 0; sample < all.samples; ++sample) {
        Strip<R> ofSample(0);
        for (std::int64_t b = sample * all.blocks; b < (sample + 1) * all.blocks; ++b) {
            const Span rows = all.block(b);
            const L pixels(static_cast<double>(rows.end - rows.begin));
            const auto first = Strip<R>::load(sums + 2 * b * all.channels + c, lanes);
            const auto second = Strip<R>::load(sums + (2 * b + 1) * all.channels + c, lanes);
            for (int i = 0; i < R; ++i) ofSample.r[i] = ofSample.r[i] + term(first.r[i], second.r[i], pixels, i);
        }
        for (int i = 0; i < R; ++i) sum.r[i] = sum.r[i] + ofSample.r[i];
    }
    return sum;
}

template <int R>
Strip<R> meanOf(const Strip<R>& sum, const Layout& all) {
    const L count(all.count());
    return each<R>([&](int i) { return sum.r[i] / count; });
}

template <int R>
struct Statistics {
    Strip<R> mean, variance;
};

template <int R>
Statistics<R> statisticsOf(const Layout& all, const Real* sums, std::int64_t c, std::int64_t lanes) {
    const Strip<R> mean =
        meanOf(sumOverBlocks<R>(all, sums, c, lanes, [](L own, L, L pixels, int) { return own * pixels; }), all);
    const auto squares = sumOverBlocks<R>(all, sums, c, lanes, [&mean](L own, L within, L pixels, int i) {
        const L d = own - mean.r[i];
        return fma_(d * d, pixels, within);
    });
    return {mean, meanOf(squares, all)};
}

}  // namespace

void normalizeChannels(const KernelCall& call, const RunState&, int part, int parts) {
    const Layout all(call, call.in[1]);
    const Real *x = static_cast<const Real*>(call.in[0].data), *sums = static_cast<const Real*>(call.in[1].data);
    Real *y = static_cast<Real*>(call.out[0].data), *statistics = static_cast<Real*>(call.out[1].data);
    const bool relu = call.integers[1] == 1;
    const L bessel(all.count() > 1 ? all.count() / (all.count() - 1) : 1);
    const Span mine = share(all.samples * all.pixels, 1, part, parts);
    eachStrip(0, all.channels, [&](std::int64_t c, auto registers, std::int64_t lanes) {
        constexpr int R = registers;
        const Statistics<R> of = statisticsOf<R>(all, sums, c, lanes);
        Norm<R> norm{of.mean, {}, {}, {}};
        norm.inverse = each<R>([&](int i) { return L(1) / sqrt_(of.variance.r[i] + L(call.numbers[0])); });
        norm.s = Strip<R>::load(static_cast<const Real*>(call.in[2].data) + c, lanes);
        norm.t = Strip<R>::load(static_cast<const Real*>(call.in[3].data) + c, lanes);
        if (part == 0) {
            norm.mean.store(statistics + c, lanes);
            each<R>([&](int i) { return of.variance.r[i] * bessel; }).store(statistics + all.channels + c, lanes);
            norm.inverse.store(statistics + 2 * all.channels + c, lanes);
        }
        for (std::int64_t row = mine.begin; row < mine.end; ++row) {
            const auto values = Strip<R>::load(x + row * all.channels + c, lanes);
            each<R>([&](int i) {
                const L scaled = norm.scaled(norm.normal(values.r[i], i), i);
                return relu ? max_(scaled, L(0)) : scaled;
            }).store(y + row * all.channels + c, lanes);
        }
    });
}

void channelGradientSums(const KernelCall& call, const RunState&, int part, int parts) {
    const Layout all(call, call.out[0]);
    const Real *x = static_cast<const Real*>(call.in[0].data), *dy = static_cast<const Real*>(call.in[4].data);
    Real* to = static_cast<Real*>(call.out[0].data);
    const bool relu = call.integers[1] == 1;
    const Span mine = share(all.samples * all.blocks, 1, part, parts);
    eachStrip(0, all.channels, [&](std::int64_t c, auto registers, std::int64_t lanes) {
        constexpr int R = registers;
        const Norm<R> norm = normOf<R>(call, c, lanes);
        for (std::int64_t b = mine.begin; b < mine.end; ++b) {
            const Span rows = all.block(b);
            Strip<R> sum(0), product(0);
            for (std::int64_t row = rows.begin; row < rows.end; ++row) {
                const auto values = Strip<R>::load(x + row * all.channels + c, lanes);
                const auto gradients = Strip<R>::load(dy + row * all.channels + c, lanes);
                for (int i = 0; i < R; ++i) {
                    const L normal = norm.normal(values.r[i], i);
                    const L dv = slope(norm, normal, gradients.r[i], i, relu);
                    sum.r[i] = sum.r[i] + dv;
                    product.r[i] = fma_(dv, normal, product.r[i]);
                }
            }
            Real* place = to + 2 * b * all.channels + c;
            sum.store(place, lanes);
            product.store(place + all.channels, lanes);
        }
    });
}

void normalizeChannelsGradient(const KernelCall& call, const RunState&, int part, int parts) {
    const Layout all(call, call.in[5]);
    const Real *x = static_cast<const Real*>(call.in[0].data), *dy = static_cast<const Real*>(call.in[4].data);
    const Real* sums = static_cast<const Real*>(call.in[5].data);
    Real* dx = static_cast<Real*>(call.out[0].data);
    const bool relu = call.integers[1] == 1;
    const Span mine = share(all.samples * all.pixels, 1, part, parts);
    eachStrip(0, all.channels, [&](std::int64_t c, auto registers, std::int64_t lanes) {
        constexpr int R = registers;
        const Norm<R> norm = normOf<R>(call, c, lanes);
        const auto sum = sumOverBlocks<R>(all, sums, c, lanes, [](L slopes, L, L, int) { return slopes; });
        const auto product = sumOverBlocks<R>(all, sums, c, lanes, [](L, L products, L, int) { return products; });
        if (part == 0) {
            product.store(static_cast<Real*>(call.out[1].data) + c, lanes);
            sum.store(static_cast<Real*>(call.out[2].data) + c, lanes);
        }
        const Strip<R> mean = meanOf(sum, all), tilt = meanOf(product, all);
        const auto factor = each<R>([&](int i) { return norm.s.r[i] * norm.inverse.r[i]; });
        for (std::int64_t row = mine.begin; row < mine.end; ++row) {
            const auto values = Strip<R>::load(x + row * all.channels + c, lanes);
            const auto gradients = Strip<R>::load(dy + row * all.channels + c, lanes);
            each<R>([&](int i) {
                const L normal = norm.normal(values.r[i], i);
                return (slope(norm, normal, gradients.r[i], i, relu) - mean.r[i] - normal * tilt.r[i]) * factor.r[i];
            }).store(dx + row * all.channels + c, lanes);
        }
    });
}

}  // namespace perceptory::backends::isa
