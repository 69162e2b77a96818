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

// Reads a tile's 16 source pixels; null where one lies outside.
struct SourceTile {
    const Real* pixels[4][4];

    SourceTile(const Job& job, const TileAt& at) {
        const std::int64_t top = 2 * at.y - job.top, left = 2 * at.x - job.left;
        const Real* image = row<const Real>(job.source, at.image);
        for (std::int64_t y = 0; y < 4; ++y)
            for (std::int64_t x = 0; x < 4; ++x) {
                const bool inside =
                    top + y >= 0 && top + y < job.sourceHeight && left + x >= 0 && left + x < job.sourceWidth;
                pixels[y][x] = inside ? image + ((top + y) * job.sourceWidth + left + x) * job.sourceChannels : nullptr;
            }
    }
};

// V[plane][tile][channel].
inline void transformTile(const Job& job, const TileAt& at, Real* to, std::int64_t planeStride) {
    const SourceTile source(job, at);
    for (std::int64_t c = 0; c < job.sourceChannels; c += L::size) {
        const std::int64_t count = std::min<std::int64_t>(L::size, job.sourceChannels - c);
        L rows[4][4];  // [column][row of Bᵀ·d]
        for (int x = 0; x < 4; ++x) {
            L d[4];
            for (int y = 0; y < 4; ++y) {
                const Real* from = source.pixels[y][x];
                d[y] = !from ? L(0) : count == L::size ? L::load(from + c) : L::loadPart(from + c, count);
            }
            tileIn(d, rows[x]);
        }
        for (int y = 0; y < 4; ++y) {
            const L line[4] = {rows[0][y], rows[1][y], rows[2][y], rows[3][y]};
            L v[4];
            tileIn(line, v);
            for (int x = 0; x < 4; ++x) v[x].store(to + (4 * y + x) * planeStride + c);
        }
    }
}

}  // namespace perceptory::backends::isa::winograd
