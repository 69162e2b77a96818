// Weight gradients of convolutions: for each tap a product over all pixels, in tiles of source channels × two registers
// of map channels. Each image is summed from zero and then added, which keeps the chains short and the errors small.

#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Share.h"
#include "engine/backends/isa/SlidingAxis.h"

namespace perceptory::backends::isa {

// All files of a library are compiled as one, hence the name.
namespace weightGradients {

namespace {

using L = Lanes;
using Real = L::Real;

constexpr int tileRows = L::size >= 16 ? 8 : L::size == 8 ? 6 : 4;

struct Job {
    const tensor::Window& w;
    SlidingAxis y, x;
    MatrixView image, map;
    Real* out;  // [taps][group channels of the image][channels of the map]
    std::int64_t rowsOfTap, group;
};

// Map positions whose window holds pixels of the image at this tap.
Span reached(const SlidingAxis& axis, std::int64_t tap) {
    Span span{0, axis.size};
    while (span.begin < span.end && axis.source(span.begin, tap) < 0) ++span.begin;
    while (span.end > span.begin && axis.source(span.end - 1, tap) < 0) --span.end;
    return span;
}

struct Place {
    std::int64_t tapY, tapX;
    Span rows, columns;    // of the map
    std::int64_t channel;  // first one of the image
    Real* out;
};

// Calls visit(pixel of the image, pixel of the map) for all positions in one image, row by row.
template <class Visit>
inline void forEachPixel(const Job& job, const Place& place, std::int64_t image, Visit visit) {
    for (std::int64_t y = place.rows.begin; y < place.rows.end; ++y) {
        const std::int64_t sourceRow = job.y.source(y, place.tapY) * job.w.width;
        const std::int64_t sourceColumn = job.x.source(place.columns.begin, place.tapX);
        const Real* x = row<const Real>(job.image, image) + (sourceRow + sourceColumn) * job.w.channels + place.channel;
        const Real* d =
            row<const Real>(job.map, image) + (y * job.w.mapWidth + place.columns.begin) * job.w.mapChannels;
        for (std::int64_t i = place.columns.begin; i < place.columns.end; ++i) {
            visit(x, d);
            x += job.w.strideX * job.w.channels;
            d += job.w.mapChannels;
        }
    }
}

template <int Rows, int Registers, bool Part>
void computeTile(const Job& job, const Place& place, std::int64_t c, std::int64_t last) {
    const auto load = [last](const Real* from, int j) {
        return Part && j == Registers - 1 ? L::loadPart(from, last) : L::load(from);
    };
    for (std::int64_t image = 0; image < job.image.rows; ++image) {
        L sums[Rows][Registers];
        for (int i = 0; i < Rows; ++i)
            for (int j = 0; j < Registers; ++j) sums[i][j] = L(0);
        forEachPixel(job, place, image, [&](const Real* x, const Real* d) {
            L right[Registers];
            for (int j = 0; j < Registers; ++j) right[j] = load(d + c + j * L::size, j);
            for (int i = 0; i < Rows; ++i) {
                const L left = L(x[i]);
                for (int j = 0; j < Registers; ++j) sums[i][j] = fma_(left, right[j], sums[i][j]);
            }
        });
        for (int i = 0; i < Rows; ++i)
            for (int j = 0; j < Registers; ++j) {
                Real* to = place.out + i * job.w.mapChannels + c + j * L::size;
                const L sum = image == 0 ? sums[i][j] : sums[i][j] + load(to, j);
                if (Part && j == Registers - 1)
                    sum.storePart(to, last);
                else
                    sum.store(to);
            }
    }
}

template <int Rows>
void computeRows(const Job& job, const Place& place, Span channels) {
    std::int64_t c = channels.begin;
    for (; c + 2 * L::size <= channels.end; c += 2 * L::size) computeTile<Rows, 2, false>(job, place, c, 0);
    const std::int64_t left = channels.end - c;
    if (left > L::size)
        computeTile<Rows, 2, true>(job, place, c, left - L::size);
    else if (left == L::size)
        computeTile<Rows, 1, false>(job, place, c, 0);
    else if (left > 0)
        computeTile<Rows, 1, true>(job, place, c, left);
}

// Rows first … of one tap, for the map channels of each group.
void computeTap(const Job& job, Place place, std::int64_t first, std::int64_t count) {
    Real* const out = place.out;
    for (std::int64_t g = 0; g < job.w.groups; ++g) {
        const Span channels{g * job.group, (g + 1) * job.group};
        std::int64_t done = 0;
        const auto at = [&]() -> const Place& {
            place.channel = g * job.rowsOfTap + first + done;
            place.out = out + (first + done) * job.w.mapChannels;
            return place;
        };
        for (; done + tileRows <= count; done += tileRows) computeRows<tileRows>(job, at(), channels);
        for (; done + 3 <= count; done += 3) computeRows<3>(job, at(), channels);
        for (; done < count; ++done) computeRows<1>(job, at(), channels);
    }
}

void computeDepthwise(const Job& job, const Place& place) {
    for (std::int64_t c = 0; c < job.w.channels; c += L::size) {
        const std::int64_t count = std::min<std::int64_t>(L::size, job.w.channels - c);
        L total(0);
        for (std::int64_t image = 0; image < job.image.rows; ++image) {
            L sum(0);
            forEachPixel(job, place, image, [&](const Real* x, const Real* d) {
                sum = fma_(L::loadPart(x + c, count), L::loadPart(d + c, count), sum);
            });
            total = total + sum;
        }
        total.storePart(place.out + c, count);
    }
}

}  // namespace

}  // namespace weightGradients

void conv2dWeightGradient(const KernelCall& call, const RunState&, int part, int parts) {
    using namespace weightGradients;
    const tensor::Window& w = call.window;
    const Job job{w,
                  verticalAxis(w, false),
                  horizontalAxis(w, false),
                  call.in[0],
                  call.in[1],
                  static_cast<Real*>(call.out[0].data),
                  w.channels / w.groups,
                  w.mapChannels / w.groups};
    const bool depthwise = job.rowsOfTap == 1 && job.group == 1 && w.groups > 1;
    const std::int64_t piecesOfTap = (job.rowsOfTap + tileRows - 1) / tileRows;
    const Span pieces = share(w.taps() * piecesOfTap, 1, part, parts);
    for (std::int64_t piece = pieces.begin; piece < pieces.end; ++piece) {
        const std::int64_t tap = piece / piecesOfTap, first = piece % piecesOfTap * tileRows;
        Place place{tap / w.kernelWidth, tap % w.kernelWidth, {}, {}, 0, job.out + tap * job.rowsOfTap * w.mapChannels};
        place.rows = reached(job.y, place.tapY);
        place.columns = reached(job.x, place.tapX);
        if (depthwise)
            computeDepthwise(job, place);
        else
            computeTap(job, place, first, std::min<std::int64_t>(tileRows, job.rowsOfTap - first));
    }
}

}  // namespace perceptory::backends::isa
