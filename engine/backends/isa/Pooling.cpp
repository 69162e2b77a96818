// Pools, channel by channel in registers: the channels of a pixel lie together.

#include <limits>

#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Share.h"
#include "engine/backends/isa/SlidingAxis.h"

namespace perceptory::backends::isa {

namespace {

using L = Lanes;
using Real = L::Real;

// Calls visit(pixel of the image) for every pixel under the window at (y, x), row by row.
template <class Visit>
inline void forEachPixelUnder(const tensor::Window& w, std::int64_t y, std::int64_t x, Visit visit) {
    const SlidingAxis vertical = verticalAxis(w, false), horizontal = horizontalAxis(w, false);
    for (std::int64_t ky = 0; ky < w.kernelHeight; ++ky) {
        const std::int64_t row = vertical.source(y, ky);
        if (row < 0) continue;
        for (std::int64_t kx = 0; kx < w.kernelWidth; ++kx)
            if (const std::int64_t column = horizontal.source(x, kx); column >= 0) visit(row * w.width + column);
    }
}

// Calls visit(image row of the batch, y, x, first channel, channels) for every position and register of channels.
template <class Visit>
void forEachPosition(const tensor::Window& w, Span images, Visit visit) {
    for (std::int64_t image = images.begin; image < images.end; ++image)
        for (std::int64_t y = 0; y < w.mapHeight; ++y)
            for (std::int64_t x = 0; x < w.mapWidth; ++x)
                for (std::int64_t c = 0; c < w.channels; c += L::size)
                    visit(image, y, x, c, std::min<std::int64_t>(L::size, w.channels - c));
}

std::int64_t mapPixel(const tensor::Window& w, std::int64_t y, std::int64_t x) {
    return (y * w.mapWidth + x) * w.mapChannels;
}

void clearRows(const MatrixView& view, Span rows) {
    for (std::int64_t r = rows.begin; r < rows.end; ++r) std::fill_n(row<Real>(view, r), view.columns, Real(0));
}

void addTo(Real* to, L value, std::int64_t count) { (L::loadPart(to, count) + value).storePart(to, count); }

// What a window's sum is divided by: its pixels, or all its taps when padding counts.
double divisor(const tensor::Window& w, bool countPadding, std::int64_t y, std::int64_t x) {
    if (countPadding) return static_cast<double>(w.taps());
    double pixels = 0;
    forEachPixelUnder(w, y, x, [&](std::int64_t) { ++pixels; });
    return pixels;
}

}  // namespace

void maxPool(const KernelCall& call, const RunState&, int part, int parts) {
    const tensor::Window& w = call.window;
    forEachPosition(w, share(call.out[0].rows, 1, part, parts), [&](auto image, auto y, auto x, auto c, auto count) {
        const Real* from = row<const Real>(call.in[0], image) + c;
        L best(-std::numeric_limits<double>::infinity()), winner(-1);
        forEachPixelUnder(w, y, x, [&](std::int64_t pixel) {
            const L value = L::loadPart(from + pixel * w.channels, count);
            // The first of equals wins; what is not a number wins over every number, so that it is seen.
            const auto greater = value > best, number = value == value;
            best = where_(number, where_(greater, value, best), value);
            const L index(static_cast<double>(pixel));
            winner = where_(number, where_(greater, index, winner), index);
        });
        best.storePart(row<Real>(call.out[0], image) + mapPixel(w, y, x) + c, count);
        winner.storePart(row<Real>(call.out[1], image) + mapPixel(w, y, x) + c, count);
    });
}

void maxPoolGradient(const KernelCall& call, const RunState&, int part, int parts) {
    const tensor::Window& w = call.window;
    const Span images = share(call.out[0].rows, 1, part, parts);
    clearRows(call.out[0], images);
    forEachPosition(w, images, [&](auto image, auto y, auto x, auto c, auto count) {
        const L winner = L::loadPart(row<const Real>(call.in[0], image) + mapPixel(w, y, x) + c, count);
        const L d = L::loadPart(row<const Real>(call.in[1], image) + mapPixel(w, y, x) + c, count);
        Real* to = row<Real>(call.out[0], image) + c;
        forEachPixelUnder(w, y, x, [&](std::int64_t pixel) {
            addTo(to + pixel * w.channels, where_(winner == L(static_cast<double>(pixel)), d, L(0)), count);
        });
    });
}

void averagePool(const KernelCall& call, const RunState&, int part, int parts) {
    const tensor::Window& w = call.window;
    forEachPosition(w, share(call.out[0].rows, 1, part, parts), [&](auto image, auto y, auto x, auto c, auto count) {
        const Real* from = row<const Real>(call.in[0], image) + c;
        L sum(0);
        forEachPixelUnder(w, y, x,
                          [&](std::int64_t pixel) { sum = sum + L::loadPart(from + pixel * w.channels, count); });
        (sum / L(divisor(w, call.integers[0] == 1, y, x)))
            .storePart(row<Real>(call.out[0], image) + mapPixel(w, y, x) + c, count);
    });
}

void averagePoolGradient(const KernelCall& call, const RunState&, int part, int parts) {
    const tensor::Window& w = call.window;
    const Span images = share(call.out[0].rows, 1, part, parts);
    clearRows(call.out[0], images);
    forEachPosition(w, images, [&](auto image, auto y, auto x, auto c, auto count) {
        const L d = L::loadPart(row<const Real>(call.in[0], image) + mapPixel(w, y, x) + c, count) /
                    L(divisor(w, call.integers[0] == 1, y, x));
        Real* to = row<Real>(call.out[0], image) + c;
        forEachPixelUnder(w, y, x, [&](std::int64_t pixel) { addTo(to + pixel * w.channels, d, count); });
    });
}

}  // namespace perceptory::backends::isa
