#include "engine/backends/isa/Winograd.h"

#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Largest.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/ProductTiles.h"

namespace perceptory::backends::isa {

namespace winograd {

namespace {

using L = Lanes;
using Real = L::Real;

constexpr int planes = 16;
constexpr std::int64_t blockColumns = product::tileColumns;
constexpr std::int64_t mostTiles = 64 / product::tileRows * product::tileRows;
constexpr std::int64_t room = 160 * 1024;  // numbers for transformed tiles, on the stack; half of a cache

// Numbers of a transformed tile's plane; odd multiples of a cache line keep planes out of each other's way.
std::int64_t tileStride(const Job& job) { return (job.sourceChannels + 15) / 16 * 16 + 16; }

// y = G·x: what becomes of three weights in a line.
inline void spread(const L (&x)[3], L (&y)[4]) {
    const L outer = (x[0] + x[2]) * L(0.5), inner = x[1] * L(0.5);
    y[0] = x[0];
    y[1] = outer + inner;
    y[2] = outer - inner;
    y[3] = x[2];
}

// y = Bᵀ·x: what becomes of four source pixels in a line.
inline void tileIn(const L (&x)[4], L (&y)[4]) {
    y[0] = x[0] - x[2];
    y[1] = x[1] + x[2];
    y[2] = x[2] - x[1];
    y[3] = x[1] - x[3];
}

// y = Aᵀ·x: two results from four products in a line.
inline void tileOut(const L (&x)[4], L (&y)[2]) {
    y[0] = x[0] + x[1] + x[2];
    y[1] = x[1] - x[2] - x[3];
}

struct TileAt {
    std::int64_t image, y, x;  // tile row and column
};

TileAt tileAt(const Job& job, std::int64_t tile) {
    const std::int64_t inImage = tile % job.tiles();
    return {tile / job.tiles(), inImage / job.tilesAcross(), inImage % job.tilesAcross()};
}

void step(const Job& job, TileAt& at) {
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
void transformTile(const Job& job, const TileAt& at, Real* to, std::int64_t planeStride) {
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

struct Channels {
    std::int64_t first, count;  // at most one register
    L bias;
};

// The 2×2 results of a tile from its 16 products.
inline void results(const Real* products, std::int64_t planeStride, const L& bias, L (&y)[2][2]) {
    L half[4][2];
    for (int x = 0; x < 4; ++x) {
        L m[4];
        for (int i = 0; i < 4; ++i) m[i] = L::load(products + (4 * i + x) * planeStride);
        tileOut(m, half[x]);
    }
    for (int i = 0; i < 2; ++i) {
        const L line[4] = {half[0][i], half[1][i], half[2][i], half[3][i]};
        tileOut(line, y[i]);
        for (L& value : y[i]) value = value + bias;
    }
}

void storeTile(const Job& job, const TileAt& at, const Channels& channels, const L (&y)[2][2]) {
    for (std::int64_t i = 0; i < 2 && 2 * at.y + i < job.height; ++i)
        for (std::int64_t j = 0; j < 2 && 2 * at.x + j < job.width; ++j)
            y[i][j].storePart(row<Real>(job.out, at.image) +
                                  ((2 * at.y + i) * job.width + 2 * at.x + j) * job.channels + channels.first,
                              channels.count);
}

void storePooled(const Job& job, const TileAt& at, const Channels& channels, const L (&y)[2][2]) {
    Largest largest;
    for (std::int64_t i = 0; i < 2; ++i)
        for (std::int64_t j = 0; j < 2; ++j) largest.see(y[i][j], (2 * at.y + i) * job.width + 2 * at.x + j);
    const std::int64_t to = (at.y * job.tilesAcross() + at.x) * job.channels + channels.first;
    (job.relu ? max_(largest.best, L(0)) : largest.best).storePart(row<Real>(job.out, at.image) + to, channels.count);
    largest.winner.storePart(row<Real>(job.winners, at.image) + to, channels.count);
}

// Channels from `first` on, at most blockColumns, of the tiles whose products lie in `products`.
void storeBlock(const Job& job, Span tiles, std::int64_t first, const Real* products, std::int64_t planeStride) {
    const Real* bias = static_cast<const Real*>(job.bias);
    for (std::int64_t c = first; c < std::min(job.channels, first + blockColumns); c += L::size) {
        const std::int64_t count = std::min<std::int64_t>(L::size, job.channels - c);
        const Channels channels{c, count, bias ? L::loadPart(bias + c, count) : L(0)};
        TileAt at = tileAt(job, tiles.begin);
        for (std::int64_t t = 0; t < tiles.end - tiles.begin; ++t, step(job, at)) {
            L y[2][2];
            results(products + t * blockColumns + c - first, planeStride, channels.bias, y);
            job.pooled ? storePooled(job, at, channels, y) : storeTile(job, at, channels, y);
        }
    }
}

void runBlock(const Job& job, Span tiles, Real* transformed, Real* products) {
    const std::int64_t count = tiles.end - tiles.begin, stride = tileStride(job);
    const std::int64_t planeIn = count * stride + 16, planeOut = mostTiles * blockColumns + 16;
    TileAt at = tileAt(job, tiles.begin);
    for (std::int64_t t = 0; t < count; ++t, step(job, at)) transformTile(job, at, transformed + t * stride, planeIn);
    const Real* weights = static_cast<const Real*>(job.weights);
    for (std::int64_t c = 0; c < job.channels; c += blockColumns) {
        const Span columns{0,
                           std::min<std::int64_t>(blockColumns, (job.channels - c + L::size - 1) / L::size * L::size)};
        for (int p = 0; p < planes; ++p, weights += job.sourceChannels * blockColumns)
            product::multiply<false>({.a = transformed + p * planeIn,
                                      .rowStride = stride,
                                      .depthStride = 1,
                                      .b = weights,
                                      .bStride = blockColumns,
                                      .out = products + p * planeOut,
                                      .outStride = blockColumns,
                                      .depth = job.sourceChannels},
                                     {0, count}, columns);
        storeBlock(job, tiles, c, products, planeOut);
    }
}

}  // namespace

Job jobOf(const tensor::Window& w, bool backward) {
    if (backward)
        return {.sourceHeight = w.mapHeight,
                .sourceWidth = w.mapWidth,
                .sourceChannels = w.mapChannels,
                .height = w.height,
                .width = w.width,
                .channels = w.channels,
                .top = 2 - w.padTop,
                .left = 2 - w.padLeft};
    return {.sourceHeight = w.height,
            .sourceWidth = w.width,
            .sourceChannels = w.channels,
            .height = w.mapHeight,
            .width = w.mapWidth,
            .channels = w.mapChannels,
            .top = w.padTop,
            .left = w.padLeft};
}

std::int64_t grain(const Job& job) {
    const std::int64_t fitting = room / planes / tileStride(job) / product::tileRows * product::tileRows;
    return std::clamp<std::int64_t>(fitting, product::tileRows, mostTiles);
}

void run(const Job& job, Span tiles) {
    alignas(64) Real transformed[room + planes * 16];
    alignas(64) Real products[planes * (mostTiles * blockColumns + 16)];
    const std::int64_t together = grain(job);
    for (std::int64_t tile = tiles.begin; tile < tiles.end; tile += together)
        runBlock(job, {tile, std::min(tiles.end, tile + together)}, transformed, products);
}

}  // namespace winograd

void winogradWeights(const KernelCall& call, const RunState&, int part, int parts) {
    using namespace winograd;
    const bool turned = call.integers[0] == 1;
    const std::int64_t channels = call.in[0].columns, sources = call.in[0].rows / 9;
    const Real* w = static_cast<const Real*>(call.in[0].data);
    const Span mine = share(sources, 8, part, parts);
    for (std::int64_t c = 0; c < channels; c += L::size) {
        const std::int64_t count = std::min<std::int64_t>(L::size, channels - c);
        Real* block = static_cast<Real*>(call.out[0].data) + c / blockColumns * planes * sources * blockColumns +
                      c % blockColumns;
        for (std::int64_t i = mine.begin; i < mine.end; ++i) {
            L half[3][4];  // [column of weights][row of G·g]
            for (int x = 0; x < 3; ++x) {
                L g[3];
                for (int y = 0; y < 3; ++y) {
                    const int tap = turned ? 8 - (3 * y + x) : 3 * y + x;
                    g[y] = L::loadPart(w + (tap * sources + i) * channels + c, count);
                }
                spread(g, half[x]);
            }
            for (int y = 0; y < 4; ++y) {
                const L line[3] = {half[0][y], half[1][y], half[2][y]};
                L u[4];
                spread(line, u);
                for (int x = 0; x < 4; ++x) u[x].store(block + ((4 * y + x) * sources + i) * blockColumns);
            }
        }
    }
}

}  // namespace perceptory::backends::isa
