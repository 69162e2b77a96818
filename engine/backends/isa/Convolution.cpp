// Convolutions without packing and without borders in memory: pixels that read through the same taps are collected into
// register tiles, across rows and images, so a tile never meets a border inside and borders cost no extra work.
//
// An element is one chain of multiply-adds over (tap row, tap column, source channel), starting from the bias, wherever
// its tile lies.

#include "engine/backends/isa/DirectConvolution.h"
#include "engine/backends/isa/HalfLanes.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Winograd.h"

namespace perceptory::backends::isa {

namespace direct {

namespace {

using L = Lanes;
using Real = L::Real;

constexpr int tilePixels = L::size >= 16 ? 8 : L::size == 8 ? 6 : 4;
// Images taken together: enough to fill a tile with corner pixels, few enough to stay in the cache.
constexpr std::int64_t imageBlock = 8;

const Real* weightsOf(const Job& job) { return static_cast<const Real*>(job.weights); }
const Real* biasOf(const Job& job) { return static_cast<const Real*>(job.bias); }

// Pixels that share their taps: a line of rows times a line of columns, in a block of images.
struct Region {
    SlidingAxis::Line rows, columns;
    Span images;

    std::int64_t count() const { return (images.end - images.begin) * rows.count * columns.count; }
};

// Walks through the pixels of a region.
class Cursor {
public:
    Cursor(const Job& job, const Region& region) : m_job(job), m_region(region), m_image(region.images.begin) {
        find();
    }

    const Real* from() const { return m_from; }  // the source pixel 0,0 moved as far as the pixel from the first one
    Real* to() const { return m_to; }
    void next() {
        m_from += m_job.x.sourceStep() * m_job.sourceChannels;
        m_to += m_job.x.step() * m_job.channels;
        if (++m_column < m_region.columns.count) return;
        m_column = 0;
        if (++m_row == m_region.rows.count) {
            m_row = 0;
            ++m_image;
        }
        find();
    }

private:
    void find() {
        m_from = row<const Real>(m_job.source, m_image) +
                 m_row * m_job.y.sourceStep() * m_job.x.sourceSize * m_job.sourceChannels;
        const std::int64_t y = m_region.rows.first + m_row * m_job.y.step();
        m_to = row<Real>(m_job.out, m_image) + (y * m_job.x.size + m_region.columns.first) * m_job.channels;
    }

    const Job& m_job;
    const Region& m_region;
    std::int64_t m_image, m_row = 0, m_column = 0;
    const Real* m_from;
    Real* m_to;
};

template <int Pixels>
struct Tile {
    const Real* from[Pixels];
    Real* to[Pixels];

    explicit Tile(Cursor& cursor) {
        for (int i = 0; i < Pixels; ++i) {
            from[i] = cursor.from();
            to[i] = cursor.to();
            cursor.next();
        }
    }
};

// Source values that lie together, and the weights they meet.
struct Run {
    std::int64_t offset;     // in the source
    std::int64_t weightRow;  // first row of the weights
    std::int64_t length;
};

struct Runs {
    static constexpr int most = 64;
    Run runs[most];
    int count = 0;
    bool begins = true;  // the sums begin here, else they go on from what is in memory
};

// Calls compute(runs) for all runs of a region, some at a time.
template <class Compute>
inline void forEachRuns(const Job& job, const Region& region, Compute compute) {
    const bool joined = !job.x.backward && job.groups == 1 && job.x.dilation == 1;
    Runs found;
    for (std::int64_t ky = 0; ky < job.y.kernel; ++ky) {
        const std::int64_t sy = job.y.source(region.rows.first, ky);
        if (sy < 0) continue;
        for (std::int64_t kx = 0; kx < job.x.kernel; ++kx) {
            const std::int64_t sx = job.x.source(region.columns.first, kx);
            if (sx < 0) continue;
            std::int64_t taps = 1;
            while (joined && kx + taps < job.x.kernel && job.x.source(region.columns.first, kx + taps) >= 0) ++taps;
            if (found.count == Runs::most) {
                compute(found);
                found.count = 0;
                found.begins = false;
            }
            found.runs[found.count++] = {(sy * job.x.sourceSize + sx) * job.sourceChannels,
                                         (ky * job.x.kernel + kx) * job.sourceGroup, taps * job.sourceGroup};
            kx += taps - 1;
        }
    }
    compute(found);
}

// `Registers` registers of type V from channel `first` on; `last` channels in the last one when Part.
template <class V, int Registers, bool Part>
struct Channels {
    static constexpr int registers = Registers;
    std::int64_t first, last = 0;

    V load(const Real* from, int j) const {
        from += first + j * V::size;
        return Part && j == Registers - 1 ? V::loadPart(from, last) : V::load(from);
    }
    void store(V value, Real* to, int j) const {
        to += first + j * V::size;
        (Part && j == Registers - 1) ? value.storePart(to, last) : value.store(to);
    }
};

template <int Pixels, class V, int Registers, bool Part>
inline void computeTile(const Job& job, const Runs& runs, Cursor& cursor,
                        const Channels<V, Registers, Part>& channels) {
    const Tile<Pixels> tile(cursor);
    V sums[Pixels][Registers];
    for (int j = 0; j < Registers; ++j) {
        const V start = job.bias ? channels.load(biasOf(job), j) : V(0);
        for (int i = 0; i < Pixels; ++i) sums[i][j] = runs.begins ? start : channels.load(tile.to[i], j);
    }
    const std::int64_t channel = channels.first / job.group * job.sourceGroup;
    for (int r = 0; r < runs.count; ++r) {
        const Run& run = runs.runs[r];
        const Real* weights = weightsOf(job) + run.weightRow * job.channels;
        const std::int64_t offset = run.offset + channel;
        for (std::int64_t k = 0; k < run.length; ++k, weights += job.channels) {
            V right[Registers];
            for (int j = 0; j < Registers; ++j) right[j] = channels.load(weights, j);
            for (int i = 0; i < Pixels; ++i) {
                const V left = V(tile.from[i][offset + k]);
                for (int j = 0; j < Registers; ++j) sums[i][j] = fma_(left, right[j], sums[i][j]);
            }
        }
    }
    for (int i = 0; i < Pixels; ++i)
        for (int j = 0; j < Registers; ++j) channels.store(sums[i][j], tile.to[i], j);
}

template <class Some>
void computeRegion(const Job& job, const Region& region, const Some& channels) {
    forEachRuns(job, region, [&](const Runs& runs) {
        Cursor cursor(job, region);
        std::int64_t left = region.count();
        // One register of channels leaves room for twice the pixels, whose chains hide each other's latency.
        if constexpr (Some::registers == 1)
            for (; left >= 2 * tilePixels; left -= 2 * tilePixels)
                computeTile<2 * tilePixels>(job, runs, cursor, channels);
        for (; left >= tilePixels; left -= tilePixels) computeTile<tilePixels>(job, runs, cursor, channels);
        for (; left >= 2; left -= 2) computeTile<2>(job, runs, cursor, channels);
        if (left > 0) computeTile<1>(job, runs, cursor, channels);
    });
}

void computeChannels(const Job& job, const Region& region, Span channels) {
    std::int64_t c = channels.begin;
    for (; c + 2 * L::size <= channels.end; c += 2 * L::size) computeRegion(job, region, Channels<L, 2, false>{c});
    const std::int64_t left = channels.end - c;
    if (left > L::size)
        computeRegion(job, region, Channels<L, 2, true>{c, left - L::size});
    else if (left == L::size)
        computeRegion(job, region, Channels<L, 1, false>{c});
    else if (isHalf(left))
        computeRegion(job, region, Channels<HalfLanes, 1, false>{c});
    else if (left > 0)
        computeRegion(job, region, Channels<L, 1, true>{c, left});
}

// Groups of one channel: every lane reads its own channel.
void computeDepthwise(const Job& job, const Region& region, Span channels) {
    for (std::int64_t c = channels.begin; c < channels.end; c += L::size) {
        const Channels<L, 1, true> some{c, std::min<std::int64_t>(L::size, channels.end - c)};
        forEachRuns(job, region, [&](const Runs& runs) {
            Cursor cursor(job, region);
            for (std::int64_t i = 0; i < region.count(); ++i) {
                const Tile<1> tile(cursor);
                L sum = !runs.begins ? some.load(tile.to[0], 0) : job.bias ? some.load(biasOf(job), 0) : L(0);
                for (int r = 0; r < runs.count; ++r)
                    sum = fma_(some.load(tile.from[0] + runs.runs[r].offset, 0),
                               some.load(weightsOf(job) + runs.runs[r].weightRow * job.channels, 0), sum);
                some.store(sum, tile.to[0], 0);
            }
        });
    }
}

}  // namespace

Job jobOf(const tensor::Window& w, bool backward) {
    const std::int64_t sources = backward ? w.mapChannels : w.channels;
    const std::int64_t channels = backward ? w.channels : w.mapChannels;
    return {.y = verticalAxis(w, backward),
            .x = horizontalAxis(w, backward),
            .groups = w.groups,
            .sourceChannels = sources,
            .channels = channels,
            .sourceGroup = sources / w.groups,
            .group = channels / w.groups};
}

void run(const Job& job, Span images, Span channels) {
    const bool depthwise = job.sourceGroup == 1 && job.group == 1 && job.groups > 1;
    for (std::int64_t image = images.begin; image < images.end; image += imageBlock)
        job.y.forEachLine([&](SlidingAxis::Line rows) {
            job.x.forEachLine([&](SlidingAxis::Line columns) {
                const Region region{rows, columns, {image, std::min(images.end, image + imageBlock)}};
                if (depthwise) return computeDepthwise(job, region, channels);
                for (std::int64_t g = channels.begin; g < channels.end; g = (g / job.group + 1) * job.group)
                    computeChannels(job, region, {g, std::min(channels.end, (g / job.group + 1) * job.group)});
            });
        });
}

}  // namespace direct

namespace {

void convolve(const KernelCall& call, bool backward, int part, int parts) {
    if (call.in[3].data) {
        winograd::Job job = winograd::jobOf(call.window, backward);
        job.source = call.in[0];
        job.out = call.out[0];
        job.weights = call.in[3].data;
        job.bias = call.in[2].data;
        return winograd::run(job, share(job.source.rows * job.tiles(), winograd::grain(job), part, parts));
    }
    direct::Job job = direct::jobOf(call.window, backward);
    job.source = call.in[0];
    job.out = call.out[0];
    job.weights = call.in[1].data;
    job.bias = call.in[2].data;
    const bool byImages = job.out.rows >= parts;
    direct::run(job, byImages ? share(job.out.rows, 1, part, parts) : Span{0, job.out.rows},
                byImages ? Span{0, job.channels} : share(job.channels, 2 * Lanes::size, part, parts));
}

}  // namespace

void conv2d(const KernelCall& call, const RunState&, int part, int parts) { convolve(call, false, part, parts); }

void conv2dInputGradient(const KernelCall& call, const RunState&, int part, int parts) {
    convolve(call, true, part, parts);
}

}  // namespace perceptory::backends::isa
