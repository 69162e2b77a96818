// Weight gradients of convolutions: for each tap a product over all pixels, in tiles of source values × two registers
// of map channels. Images are read through patches with a border of zeros, so there are no border cases, and the taps
// of one window row are one run of source values. Where not even one window fits into a patch, each tap is taken apart.
// A few dozen pixels are summed from zero and then added, which keeps the chains short and the errors small.

#include <utility>

#include "engine/backends/isa/ImagePatch.h"
#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/SlidingAxis.h"

namespace perceptory::backends::isa {

// All files of a library are compiled as one, hence the name.
namespace weightGradients {

namespace {

using L = Lanes;
using Real = L::Real;

constexpr int mostRows = L::size >= 16 ? 8 : L::size == 8 ? 6 : 4;
constexpr std::int64_t patchRoom = 160 * 1024;  // numbers, on the stack; half of a second-level cache
constexpr std::int64_t fewPixels = 64;          // a sum over fewer costs more to add than to make

struct Job {
    const tensor::Window& w;
    MatrixView image, map;
    Real* out;                        // [taps][group channels of the image][channels of the map]
    std::int64_t sourceGroup, group;  // channels in a group
    std::int64_t runs, runLength;     // of source values that lie together under the window, in one group
    std::int64_t piecesOfRun;         // at most mostRows values each
    bool padded;                      // windows reach beyond the image
    bool fits;                        // a window does into a patch

    explicit Job(const KernelCall& call)
        : w(call.window),
          image(call.in[0]),
          map(call.in[1]),
          out(static_cast<Real*>(call.out[0].data)),
          sourceGroup(w.channels / w.groups),
          group(w.mapChannels / w.groups) {
        const PatchArea all(w, {0, w.mapHeight}, {0, w.mapWidth});
        padded = all.sourceRows.begin < 0 || all.sourceColumns.begin < 0 || all.sourceRows.end > w.height ||
                 all.sourceColumns.end > w.width;
        fits = PatchArea(w, {0, 1}, {0, 1}).pixels() * w.channels <= patchRoom;
        const bool joined = w.groups == 1 && w.dilationX == 1 && (fits || !padded);
        runs = joined ? w.kernelHeight : w.taps();
        runLength = joined ? w.kernelWidth * sourceGroup : sourceGroup;
        piecesOfRun = depthwise() ? 1 : (runLength + mostRows - 1) / mostRows;
    }
    bool depthwise() const { return sourceGroup == 1 && group == 1 && w.groups > 1; }
};

// The source of `area` in some images, as the kernels read it.
struct Source {
    const PatchArea& area;
    const Real* first;                // the source pixel of the first map position's first tap, first image
    std::int64_t rowStep, imageStep;  // numbers
    Span images;
    bool begins;  // nothing was added yet
};

// Calls visit(source numbers, numbers of the map) for every position, row by row.
template <class Visit>
inline void eachPosition(const Job& job, const Source& source, Visit visit) {
    const tensor::Window& w = job.w;
    const std::int64_t columns = source.area.columns.end - source.area.columns.begin;
    for (std::int64_t image = source.images.begin; image < source.images.end; ++image)
        for (std::int64_t y = source.area.rows.begin; y < source.area.rows.end; ++y) {
            const Real* x = source.first + (image - source.images.begin) * source.imageStep +
                            (y - source.area.rows.begin) * w.strideY * source.rowStep;
            const Real* d =
                row<const Real>(job.map, image) + (y * w.mapWidth + source.area.columns.begin) * w.mapChannels;
            for (std::int64_t i = 0; i < columns; ++i, x += w.strideX * w.channels, d += w.mapChannels) visit(x, d);
        }
}

// One run's values from `value` on, `Rows` of them, for map channels from `channel` on.
struct Place {
    std::int64_t source;   // numbers from a position's first source number
    std::int64_t channel;  // of the map
    Real* out;
    std::int64_t last;  // channels in the last register
};

template <int Rows, int Registers, bool Part>
void sumTile(const Job& job, const Source& source, const Place& place) {
    const auto load = [&place](const Real* from, int j) {
        return Part && j == Registers - 1 ? L::loadPart(from, place.last) : L::load(from);
    };
    L sums[Rows][Registers];
    for (int i = 0; i < Rows; ++i)
        for (int j = 0; j < Registers; ++j) sums[i][j] = L(0);
    eachPosition(job, source, [&](const Real* x, const Real* d) {
        L right[Registers];
        for (int j = 0; j < Registers; ++j) right[j] = load(d + place.channel + j * L::size, j);
        for (int i = 0; i < Rows; ++i) {
            const L left = L(x[place.source + i]);
            for (int j = 0; j < Registers; ++j) sums[i][j] = fma_(left, right[j], sums[i][j]);
        }
    });
    for (int i = 0; i < Rows; ++i)
        for (int j = 0; j < Registers; ++j) {
            Real* to = place.out + i * job.w.mapChannels + j * L::size;
            const L sum = source.begins ? sums[i][j] : sums[i][j] + load(to, j);
            if (Part && j == Registers - 1)
                sum.storePart(to, place.last);
            else
                sum.store(to);
        }
}

// The channels of one group of the map, in registers; Place::out is that of the group's first channel.
template <int Rows>
void sumRows(const Job& job, const Source& source, Place place) {
    std::int64_t left = job.group;
    const auto next = [&](int registers) {
        left -= registers * L::size;
        place.channel += registers * L::size;
        place.out += registers * L::size;
    };
    for (; left >= 2 * L::size; next(2)) sumTile<Rows, 2, false>(job, source, place);
    place.last = left > L::size ? left - L::size : left;
    if (left > L::size)
        sumTile<Rows, 2, true>(job, source, place);
    else if (left == L::size)
        sumTile<Rows, 1, false>(job, source, place);
    else if (left > 0)
        sumTile<Rows, 1, true>(job, source, place);
}

template <int... Rows>
void sumRowsOf(std::integer_sequence<int, Rows...>, std::int64_t rows, const Job& job, const Source& source,
               const Place& place) {
    ((rows == Rows + 1 ? sumRows<Rows + 1>(job, source, place) : void()), ...);
}

std::int64_t tapOf(const Job& job, const Source& source, std::int64_t tap) {
    return tap / job.w.kernelWidth * job.w.dilationY * source.rowStep +
           tap % job.w.kernelWidth * job.w.dilationX * job.w.channels;
}

// Each run is cut into pieces of about equal length.
void sumPiece(const Job& job, const Source& source, std::int64_t piece) {
    const std::int64_t run = piece / job.piecesOfRun, part = piece % job.piecesOfRun;
    const std::int64_t begin = job.runLength * part / job.piecesOfRun,
                       end = job.runLength * (part + 1) / job.piecesOfRun;
    const std::int64_t firstTap = run * (job.w.taps() / job.runs);
    for (std::int64_t g = 0; g < job.w.groups; ++g) {
        const Place place{tapOf(job, source, firstTap) + g * job.sourceGroup + begin, g * job.group,
                          job.out + (run * job.runLength + begin) * job.w.mapChannels + g * job.group, 0};
        sumRowsOf(std::make_integer_sequence<int, mostRows>(), end - begin, job, source, place);
    }
}

// Groups of one channel: every lane has its own.
void sumDepthwise(const Job& job, const Source& source, std::int64_t tap) {
    const std::int64_t offset = tapOf(job, source, tap);
    for (std::int64_t c = 0; c < job.w.channels; c += L::size) {
        const std::int64_t count = std::min<std::int64_t>(L::size, job.w.channels - c);
        L sum(0);
        eachPosition(job, source, [&](const Real* x, const Real* d) {
            sum = fma_(L::loadPart(x + offset + c, count), L::loadPart(d + c, count), sum);
        });
        Real* to = job.out + tap * job.w.mapChannels + c;
        (source.begins ? sum : sum + L::loadPart(to, count)).storePart(to, count);
    }
}

void sumPieces(const Job& job, const Source& source, Span pieces) {
    for (std::int64_t piece = pieces.begin; piece < pieces.end; ++piece)
        job.depthwise() ? sumDepthwise(job, source, piece) : sumPiece(job, source, piece);
}

// Images are read where they are, from `offset` on.
void sumInPlace(const Job& job, const PatchArea& area, std::int64_t offset, Span pieces) {
    const std::int64_t together = std::max<std::int64_t>(1, fewPixels / std::max<std::int64_t>(1, area.mapPixels()));
    for (std::int64_t image = 0; image < job.image.rows; image += together) {
        const Span images{image, std::min(job.image.rows, image + together)};
        sumPieces(job,
                  {area, row<const Real>(job.image, image) + offset, job.w.width * job.w.channels, job.image.stride,
                   images, image == 0},
                  pieces);
    }
}

// Map positions whose window holds pixels of the image at this tap.
Span reached(const SlidingAxis& axis, std::int64_t tap) {
    Span span{0, axis.size};
    while (span.begin < span.end && axis.source(span.begin, tap) < 0) ++span.begin;
    while (span.end > span.begin && axis.source(span.end - 1, tap) < 0) --span.end;
    return span;
}

void sumByTaps(const Job& job, Span pieces) {
    const tensor::Window& w = job.w;
    for (std::int64_t piece = pieces.begin; piece < pieces.end; ++piece) {
        const std::int64_t tap = piece / job.piecesOfRun;
        const PatchArea area(w, reached(verticalAxis(w, false), tap / w.kernelWidth),
                             reached(horizontalAxis(w, false), tap % w.kernelWidth));
        const std::int64_t offset = (area.sourceRows.begin * w.width + area.sourceColumns.begin) * w.channels;
        sumInPlace(job, area, offset, {piece, piece + 1});
    }
}

void sumPatches(const Job& job, Span pieces) {
    alignas(64) Real patch[patchRoom];
    eachPatch(job.w, patchRoom / job.w.channels, [&](const PatchArea& area) {
        const std::int64_t size = area.pixels() * job.w.channels;
        const std::int64_t together =
            std::clamp<std::int64_t>(fewPixels / area.mapPixels(), 1, std::max<std::int64_t>(1, patchRoom / size));
        for (std::int64_t image = 0; image < job.image.rows; image += together) {
            const Span images{image, std::min(job.image.rows, image + together)};
            for (std::int64_t i = images.begin; i < images.end; ++i)
                copyPatch(row<const Real>(job.image, i), job.w, area, patch + (i - images.begin) * size);
            const bool begins = image == 0 && area.rows.begin == 0 && area.columns.begin == 0;
            sumPieces(job, {area, patch, area.width() * job.w.channels, size, images, begins}, pieces);
        }
    });
}

}  // namespace

}  // namespace weightGradients

void conv2dWeightGradient(const KernelCall& call, const RunState&, int part, int parts) {
    using namespace weightGradients;
    const Job job(call);
    const Span pieces = share(job.runs * job.piecesOfRun, 1, part, parts);
    const PatchArea all(job.w, {0, job.w.mapHeight}, {0, job.w.mapWidth});
    if (!job.padded)
        sumInPlace(job, all, 0, pieces);
    else
        job.fits ? sumPatches(job, pieces) : sumByTaps(job, pieces);
}

}  // namespace perceptory::backends::isa
