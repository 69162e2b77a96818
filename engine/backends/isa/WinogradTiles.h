#pragma once
// How Winograd's F(2×2, 3×3) walks over images and what becomes of the source: V = Bᵀ·d·B for tiles d of 4×4 pixels.

#include "engine/backends/isa/ProductTiles.h"
#include "engine/backends/isa/Winograd.h"

namespace perceptory::backends::isa::winograd {

using L = Lanes;
using Real = L::Real;

constexpr int planes = 16;
constexpr std::int64_t mostTiles = 64 / product::tileRows * product::tileRows;
constexpr std::int64_t room = 160 * 1024;  // numbers for transformed tiles, on the stack; half of a cache

// Numbers of a transformed tile's plane; odd multiples of a cache line keep planes out of each other's way.
inline std::int64_t tileStride(std::int64_t channels) { return (channels + 15) / 16 * 16 + 16; }

// Tiles of such planes worth taking together.
inline std::int64_t tilesFitting(std::int64_t stride) {
    const std::int64_t fitting = room / planes / stride / product::tileRows * product::tileRows;
    return std::clamp<std::int64_t>(fitting, product::tileRows, mostTiles);
}

// y = Bᵀ·x: what becomes of four source pixels in a line.
inline void tileIn(const L (&x)[4], L (&y)[4]) {
    y[0] = x[0] - x[2];
    y[1] = x[1] + x[2];
    y[2] = x[2] - x[1];
    y[3] = x[1] - x[3];
}

struct TileAt {
    std::int64_t image, y, x;  // tile row and column
};

inline TileAt tileAt(const Job& job, std::int64_t tile) {
    const std::int64_t inImage = tile % job.tiles();
    return {tile / job.tiles(), inImage / job.tilesAcross(), inImage % job.tilesAcross()};
}

inline void step(const Job& job, TileAt& at) {
    if (++at.x < job.tilesAcross()) return;
    at.x = 0;
    if (++at.y < job.tilesDown()) return;
    at.y = 0;
    ++at.image;
}

// Columns of tiles, one register of channels: Bᵀ·d of four source pixels below each other, zero outside.
template <bool Full>
struct SourceColumns {
    const Job& job;
    std::int64_t channel, count;

    void read(const TileAt& at, std::int64_t x, L (&y)[4]) const {
        const std::int64_t column = 2 * at.x - job.left + x, top = 2 * at.y - job.top;
        L d[4] = {L(0), L(0), L(0), L(0)};
        if (column >= 0 && column < job.sourceWidth) {
            const Real* image = row<const Real>(job.source, at.image) + column * job.sourceChannels + channel;
            const std::int64_t down = job.sourceWidth * job.sourceChannels;
            for (int i = 0; i < 4; ++i)
                if (top + i >= 0 && top + i < job.sourceHeight) {
                    const Real* from = image + (top + i) * down;
                    d[i] = Full ? L::load(from) : L::loadPart(from, count);
                }
        }
        tileIn(d, y);
    }
};

// Neighbours in a row share two of their four columns.
template <bool Full>
void transformStrip(const SourceColumns<Full>& source, Span tiles, Real* to, std::int64_t stride,
                    std::int64_t planeStride) {
    TileAt at = tileAt(source.job, tiles.begin);
    L columns[4][4];
    for (std::int64_t t = tiles.begin; t < tiles.end; ++t, to += stride, step(source.job, at)) {
        if (t > tiles.begin && at.x > 0) {
            for (int i = 0; i < 4; ++i) columns[0][i] = columns[2][i], columns[1][i] = columns[3][i];
        } else {
            source.read(at, 0, columns[0]);
            source.read(at, 1, columns[1]);
        }
        source.read(at, 2, columns[2]);
        source.read(at, 3, columns[3]);
        for (int y = 0; y < 4; ++y) {
            const L line[4] = {columns[0][y], columns[1][y], columns[2][y], columns[3][y]};
            L v[4];
            tileIn(line, v);
            for (int x = 0; x < 4; ++x) v[x].store(to + (4 * y + x) * planeStride);
        }
    }
}

// V[plane][tile][channel] of tiles begin … end-1.
inline void transformTiles(const Job& job, Span tiles, Real* to, std::int64_t stride, std::int64_t planeStride) {
    for (std::int64_t c = 0; c < job.sourceChannels; c += L::size) {
        const std::int64_t count = std::min<std::int64_t>(L::size, job.sourceChannels - c);
        if (count == L::size)
            transformStrip(SourceColumns<true>{job, c, count}, tiles, to + c, stride, planeStride);
        else
            transformStrip(SourceColumns<false>{job, c, count}, tiles, to + c, stride, planeStride);
    }
}

}  // namespace perceptory::backends::isa::winograd
