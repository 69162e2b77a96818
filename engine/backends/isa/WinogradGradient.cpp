// The weight gradient of 3×3 convolutions with stride 1 in Winograd's planes: where y = Aᵀ·[(G·w·Gᵀ) ⊙ (Bᵀ·d·B)]·A,
// dU = Σ over tiles (Bᵀ·d·B) ⊙ (A·dy·Aᵀ) and dw = Gᵀ·dU·G. The sum is a product of all tiles for each plane.

#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/WinogradTiles.h"

namespace perceptory::backends::isa {

namespace winograd {

namespace {

// y = A·x: two gradients in a line, spread over four.
inline void spreadGradient(const L (&x)[2], L (&y)[4]) {
    y[0] = x[0];
    y[1] = x[0] + x[1];
    y[2] = x[0] - x[1];
    y[3] = L(0) - x[1];
}

// y = Gᵀ·x: the gradients of three weights in a line.
inline void gather(const L (&x)[4], L (&y)[3]) {
    const L sum = (x[1] + x[2]) * L(0.5);
    y[0] = x[0] + sum;
    y[1] = (x[1] - x[2]) * L(0.5);
    y[2] = sum + x[3];
}

// [plane][tile][channel] of the map's gradients, zero beyond its edge.
void transformGradient(const Job& job, const MatrixView& map, const TileAt& at, Real* to, std::int64_t planeStride) {
    for (std::int64_t c = 0; c < job.channels; c += L::size) {
        const std::int64_t count = std::min<std::int64_t>(L::size, job.channels - c);
        L rows[2][4];  // [column][row of A·dy]
        for (std::int64_t x = 0; x < 2; ++x) {
            L d[2];
            for (std::int64_t y = 0; y < 2; ++y) {
                const std::int64_t row_ = 2 * at.y + y, column = 2 * at.x + x;
                const bool inside = row_ < job.height && column < job.width;
                d[y] = inside
                           ? L::loadPart(
                                 row<const Real>(map, at.image) + (row_ * job.width + column) * job.channels + c, count)
                           : L(0);
            }
            spreadGradient(d, rows[x]);
        }
        for (int y = 0; y < 4; ++y) {
            const L line[2] = {rows[0][y], rows[1][y]};
            L v[4];
            spreadGradient(line, v);
            for (int x = 0; x < 4; ++x) v[x].store(to + (4 * y + x) * planeStride + c);
        }
    }
}

// Adds the planes of tiles begin … end-1 to `sums`, or sets them.
void sumTiles(const Job& job, const MatrixView& map, Span tiles, Real* sums, bool add) {
    alignas(64) Real sources[room + planes * 16];
    alignas(64) Real gradients[room + planes * 16];
    const std::int64_t count = tiles.end - tiles.begin;
    const std::int64_t in = tileStride(job.sourceChannels), out = tileStride(job.channels);
    const std::int64_t planeIn = count * in + 16, planeOut = count * out + 16;
    transformTiles(job, tiles, sources, in, planeIn);
    TileAt at = tileAt(job, tiles.begin);
    for (std::int64_t t = 0; t < count; ++t, step(job, at))
        transformGradient(job, map, at, gradients + t * out, planeOut);
    for (int p = 0; p < planes; ++p)
        product::multiply<true>({.a = sources + p * planeIn,
                                 .rowStride = 1,
                                 .depthStride = in,
                                 .b = gradients + p * planeOut,
                                 .bStride = out,
                                 .out = sums + p * job.sourceChannels * job.channels,
                                 .outStride = job.channels,
                                 .depth = count,
                                 .accumulate = add},
                                {0, job.sourceChannels}, {0, job.channels});
}

}  // namespace

}  // namespace winograd

void winogradWeightSums(const KernelCall& call, const RunState&, int part, int parts) {
    using namespace winograd;
    Job job = jobOf(call.window, false);
    job.source = call.in[0];
    const std::int64_t size = planes * job.sourceChannels * job.channels;
    const std::int64_t blocks = call.out[0].rows * call.out[0].columns / size, images = job.source.rows;
    const std::int64_t together = tilesFitting(tileStride(std::max(job.sourceChannels, job.channels)));
    const Span mine = share(blocks, 1, part, parts);
    for (std::int64_t block = mine.begin; block < mine.end; ++block) {
        Real* sums = static_cast<Real*>(call.out[0].data) + block * size;
        const Span tiles{images * block / blocks * job.tiles(), images * (block + 1) / blocks * job.tiles()};
        if (tiles.begin == tiles.end) std::fill_n(sums, size, Real(0));
        for (std::int64_t t = tiles.begin; t < tiles.end; t += together)
            sumTiles(job, call.in[1], {t, std::min(tiles.end, t + together)}, sums, t > tiles.begin);
    }
}

void winogradWeightGradient(const KernelCall& call, const RunState&, int part, int parts) {
    using namespace winograd;
    const std::int64_t channels = call.out[0].columns, sources = call.out[0].rows / 9, plane = sources * channels;
    const std::int64_t blocks = call.in[0].rows * call.in[0].columns / (planes * plane);
    const Real* sums = static_cast<const Real*>(call.in[0].data);
    Real* out = static_cast<Real*>(call.out[0].data);
    const Span mine = share(sources, 1, part, parts);
    for (std::int64_t i = mine.begin; i < mine.end; ++i)
        for (std::int64_t c = 0; c < channels; c += L::size) {
            const std::int64_t count = std::min<std::int64_t>(L::size, channels - c), at = i * channels + c;
            L half[4][3];  // [column of planes][row of Gᵀ·dU]
            for (int x = 0; x < 4; ++x) {
                L u[4];
                for (int y = 0; y < 4; ++y) {
                    u[y] = L(0);
                    for (std::int64_t block = 0; block < blocks; ++block)
                        u[y] = u[y] + L::loadPart(sums + (block * planes + 4 * y + x) * plane + at, count);
                }
                gather(u, half[x]);
            }
            for (int y = 0; y < 3; ++y) {
                const L line[4] = {half[0][y], half[1][y], half[2][y], half[3][y]};
                L w[3];
                gather(line, w);
                for (int x = 0; x < 3; ++x) w[x].storePart(out + (3 * y + x) * plane + at, count);
            }
        }
}

}  // namespace perceptory::backends::isa
