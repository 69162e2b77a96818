#include "engine/backends/isa/Winograd.h"

#include "engine/backends/isa/Largest.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/WinogradTiles.h"

namespace perceptory::backends::isa {

namespace winograd {

namespace {

constexpr std::int64_t blockColumns = product::tileColumns;

// y = G·x: what becomes of three weights in a line.
inline void spread(const L (&x)[3], L (&y)[4]) {
    const L outer = (x[0] + x[2]) * L(0.5), inner = x[1] * L(0.5);
    y[0] = x[0];
    y[1] = outer + inner;
    y[2] = outer - inner;
    y[3] = x[2];
}

// y = Aᵀ·x: two results from four products in a line.
inline void tileOut(const L (&x)[4], L (&y)[2]) {
    y[0] = x[0] + x[1] + x[2];
    y[1] = x[1] - x[2] - x[3];
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
    Real* to = row<Real>(job.out, at.image) + (2 * at.y * job.width + 2 * at.x) * job.channels + channels.first;
    for (int i = 0; i < 2; ++i)
        for (int j = 0; j < 2; ++j)
            if (2 * at.y + i < job.height && 2 * at.x + j < job.width)
                y[i][j].storePart(to + (i * job.width + j) * job.channels, channels.count);
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
    const std::int64_t count = tiles.end - tiles.begin, stride = tileStride(job.sourceChannels);
    const std::int64_t planeIn = count * stride + 16, planeOut = mostTiles * blockColumns + 16;
    transformTiles(job, tiles, transformed, stride, planeIn);
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

std::int64_t grain(const Job& job) { return tilesFitting(tileStride(job.sourceChannels)); }

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
