// Convolutions without packing and without borders in memory: pixels that read through the same taps are collected into
// register tiles, across rows and images, so a tile never meets a border inside and borders cost no extra work.
//
// An element is one chain of multiply-adds over (tap row, tap column, source channel), starting from the bias, wherever
// its tile lies.

#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Share.h"
#include "engine/backends/isa/SlidingAxis.h"

namespace perceptory::backends::isa {

// All files of a library are compiled as one, hence the name.
namespace gathering {

namespace {

using L = Lanes;
using Real = L::Real;

constexpr int tilePixels = L::size >= 16 ? 8 : L::size == 8 ? 6 : 4;
// Images taken together: enough to fill a tile with corner pixels, few enough to stay in the cache.
constexpr std::int64_t imageBlock = 8;

// Destination = the side that is computed; source = the side that is read.
struct Job {
    SlidingAxis y, x;
    std::int64_t groups;
    std::int64_t sourceChannels, channels;  // of all groups
    std::int64_t sourceGroup, group;        // channels in a group
    MatrixView source, out;
    const Real* weights;  // [taps][sourceGroup][channels]
    const Real* bias;     // [channels] or null
};

// Pixels that share their taps: a line of rows times a line of columns, in a block of images.
struct Region {
    SlidingAxis::Line rows, columns;
    Span images;

    std::int64_t count() const { return (images.end - images.begin) * rows.count * columns.count; }
};

template <int Pixels>
struct Tile {
    const Real* from[Pixels];  // the source pixel 0,0 moved as far as the pixel is from the region's first
    Real* to[Pixels];

    Tile(const Job& job, const Region& region, std::int64_t first) {
        for (int i = 0; i < Pixels; ++i) {
            const std::int64_t index = first + i, column = index % region.columns.count;
            const std::int64_t rowAndImage = index / region.columns.count;
            const std::int64_t r = rowAndImage % region.rows.count;
            const std::int64_t image = region.images.begin + rowAndImage / region.rows.count;
            const std::int64_t sourcePixel = r * job.y.sourceStep() * job.x.sourceSize + column * job.x.sourceStep();
            const std::int64_t pixel =
                (region.rows.first + r * job.y.step()) * job.x.size + region.columns.first + column * job.x.step();
            from[i] = row<const Real>(job.source, image) + sourcePixel * job.sourceChannels;
            to[i] = row<Real>(job.out, image) + pixel * job.channels;
        }
    }
};

// Calls run(offset in the source, first row of the weights, length) for every stretch of source values that lies
// together.
template <class Run>
inline void forEachRun(const Job& job, const Region& region, Run run) {
    const bool joined = !job.x.backward && job.groups == 1 && job.x.dilation == 1;
    for (std::int64_t ky = 0; ky < job.y.kernel; ++ky) {
        const std::int64_t sy = job.y.source(region.rows.first, ky);
        if (sy < 0) continue;
        for (std::int64_t kx = 0; kx < job.x.kernel; ++kx) {
            const std::int64_t sx = job.x.source(region.columns.first, kx);
            if (sx < 0) continue;
            std::int64_t taps = 1;
            while (joined && kx + taps < job.x.kernel && job.x.source(region.columns.first, kx + taps) >= 0) ++taps;
            run((sy * job.x.sourceSize + sx) * job.sourceChannels, (ky * job.x.kernel + kx) * job.sourceGroup,
                taps * job.sourceGroup);
            kx += taps - 1;
        }
    }
}

// Channels c … of `Registers` registers; `last` of the last one when Part.
template <int Pixels, int Registers, bool Part>
inline void computeTile(const Job& job, const Region& region, std::int64_t first, std::int64_t c, std::int64_t last) {
    const Tile<Pixels> tile(job, region, first);
    const auto load = [last](const Real* from, int j) {
        return Part && j == Registers - 1 ? L::loadPart(from, last) : L::load(from);
    };
    L sums[Pixels][Registers];
    for (int j = 0; j < Registers; ++j) {
        const L start = job.bias ? load(job.bias + c + j * L::size, j) : L(0);
        for (int i = 0; i < Pixels; ++i) sums[i][j] = start;
    }
    const std::int64_t channel = c / job.group * job.sourceGroup;
    forEachRun(job, region, [&](std::int64_t offset, std::int64_t weightRow, std::int64_t length) {
        const Real* weights = job.weights + weightRow * job.channels + c;
        offset += channel;
        for (std::int64_t k = 0; k < length; ++k, weights += job.channels) {
            L right[Registers];
            for (int j = 0; j < Registers; ++j) right[j] = load(weights + j * L::size, j);
            for (int i = 0; i < Pixels; ++i) {
                const L left = L(tile.from[i][offset + k]);
                for (int j = 0; j < Registers; ++j) sums[i][j] = fma_(left, right[j], sums[i][j]);
            }
        }
    });
    for (int i = 0; i < Pixels; ++i)
        for (int j = 0; j < Registers; ++j) {
            Real* to = tile.to[i] + c + j * L::size;
            if (Part && j == Registers - 1)
                sums[i][j].storePart(to, last);
            else
                sums[i][j].store(to);
        }
}

template <int Registers, bool Part>
void computeRegion(const Job& job, const Region& region, std::int64_t c, std::int64_t last) {
    std::int64_t i = 0;
    const std::int64_t count = region.count();
    for (; i + tilePixels <= count; i += tilePixels) computeTile<tilePixels, Registers, Part>(job, region, i, c, last);
    for (; i + 2 <= count; i += 2) computeTile<2, Registers, Part>(job, region, i, c, last);
    if (i < count) computeTile<1, Registers, Part>(job, region, i, c, last);
}

void computeChannels(const Job& job, const Region& region, Span channels) {
    std::int64_t c = channels.begin;
    for (; c + 2 * L::size <= channels.end; c += 2 * L::size) computeRegion<2, false>(job, region, c, 0);
    const std::int64_t left = channels.end - c;
    if (left > L::size)
        computeRegion<2, true>(job, region, c, left - L::size);
    else if (left == L::size)
        computeRegion<1, false>(job, region, c, 0);
    else if (left > 0)
        computeRegion<1, true>(job, region, c, left);
}

// Groups of one channel: every lane reads its own channel.
void computeDepthwise(const Job& job, const Region& region, Span channels) {
    for (std::int64_t c = channels.begin; c < channels.end; c += L::size) {
        const std::int64_t count = std::min<std::int64_t>(L::size, channels.end - c);
        const auto load = [count](const Real* from) {
            return count == L::size ? L::load(from) : L::loadPart(from, count);
        };
        for (std::int64_t i = 0; i < region.count(); ++i) {
            const Tile<1> tile(job, region, i);
            L sum = job.bias ? load(job.bias + c) : L(0);
            forEachRun(job, region, [&](std::int64_t offset, std::int64_t weightRow, std::int64_t) {
                sum = fma_(load(tile.from[0] + offset + c), load(job.weights + weightRow * job.channels + c), sum);
            });
            sum.storePart(tile.to[0] + c, count);
        }
    }
}

void compute(const Job& job, Span images, Span channels) {
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

void convolve(const KernelCall& call, bool backward, int part, int parts) {
    const tensor::Window& w = call.window;
    const std::int64_t sources = backward ? w.mapChannels : w.channels;
    const std::int64_t channels = backward ? w.channels : w.mapChannels;
    const Job job{verticalAxis(w, backward),
                  horizontalAxis(w, backward),
                  w.groups,
                  sources,
                  channels,
                  sources / w.groups,
                  channels / w.groups,
                  call.in[0],
                  call.out[0],
                  static_cast<const Real*>(call.in[1].data),
                  static_cast<const Real*>(call.in[2].data)};
    const bool byImages = call.out[0].rows >= parts;
    compute(job, byImages ? share(call.out[0].rows, 1, part, parts) : Span{0, call.out[0].rows},
            byImages ? Span{0, channels} : share(channels, 2 * L::size, part, parts));
}

}  // namespace

}  // namespace gathering

void conv2d(const KernelCall& call, const RunState&, int part, int parts) {
    gathering::convolve(call, false, part, parts);
}

void conv2dInputGradient(const KernelCall& call, const RunState&, int part, int parts) {
    gathering::convolve(call, true, part, parts);
}

}  // namespace perceptory::backends::isa
