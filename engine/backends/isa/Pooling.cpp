// Pools, channel by channel in registers: the channels of a pixel lie together.

#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Largest.h"
#include "engine/backends/isa/Philox.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Share.h"
#include "engine/backends/isa/SlidingAxis.h"
#include "engine/tensor/FractionalPool.h"

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

// f(pixel of the map, pixel of the image) for every value of a sample: `pixels` names the latter.
template <class F>
void eachPixelOf(const Real* pixels, const tensor::Window& w, F f) {
    const std::int64_t values = w.mapHeight * w.mapWidth * w.channels;
    for (std::int64_t i = 0; i < values; ++i)
        if (const auto pixel = static_cast<std::int64_t>(pixels[i]); pixel >= 0 && pixel < w.height * w.width)
            f(i, pixel * w.channels + i % w.channels);
}

}  // namespace

void maxPool(const KernelCall& call, const RunState&, int part, int parts) {
    const tensor::Window& w = call.window;
    forEachPosition(w, share(call.out[0].rows, 1, part, parts), [&](auto image, auto y, auto x, auto c, auto count) {
        const Real* from = row<const Real>(call.in[0], image) + c;
        Largest largest;
        forEachPixelUnder(
            w, y, x, [&](std::int64_t pixel) { largest.see(L::loadPart(from + pixel * w.channels, count), pixel); });
        largest.best.storePart(row<Real>(call.out[0], image) + mapPixel(w, y, x) + c, count);
        largest.winner.storePart(row<Real>(call.out[1], image) + mapPixel(w, y, x) + c, count);
    });
}

void fractionalMaxPool(const KernelCall& call, const RunState& state, int part, int parts) {
    const tensor::Window& w = call.window;
    const PhiloxKey key{state.seed, static_cast<std::uint32_t>(call.integers[0]), state.step};
    forEachPosition(w, share(call.out[0].rows, 1, part, parts), [&](auto image, auto y, auto x, auto c, auto count) {
        double u[2] = {tensor::fixedFraction, tensor::fixedFraction};
        if (call.integers[1] == 1) {
            std::uint32_t words[4 * philoxBlocks];
            philoxWords(key, static_cast<std::uint32_t>(image), words);
            for (int i = 0; i < 2; ++i) u[i] = words[i] * 0x1p-32;
        }
        const std::int64_t top = tensor::fractionalStart(u[0], y, w.mapHeight, w.height, w.kernelHeight),
                           left = tensor::fractionalStart(u[1], x, w.mapWidth, w.width, w.kernelWidth);
        const Real* from = row<const Real>(call.in[0], image) + c;
        Largest largest;
        for (std::int64_t pixelY = top; pixelY < top + w.kernelHeight; ++pixelY)
            for (std::int64_t pixelX = left; pixelX < left + w.kernelWidth; ++pixelX) {
                const std::int64_t pixel = pixelY * w.width + pixelX;
                largest.see(L::loadPart(from + pixel * w.channels, count), pixel);
            }
        largest.best.storePart(row<Real>(call.out[0], image) + mapPixel(w, y, x) + c, count);
        largest.winner.storePart(row<Real>(call.out[1], image) + mapPixel(w, y, x) + c, count);
    });
}

void pickPixels(const KernelCall& call, const RunState&, int part, int parts) {
    const Span images = share(call.out[0].rows, 1, part, parts);
    clearRows(call.out[0], images);
    for (std::int64_t image = images.begin; image < images.end; ++image) {
        const Real* from = row<const Real>(call.in[1], image);
        Real* to = row<Real>(call.out[0], image);
        eachPixelOf(row<const Real>(call.in[0], image), call.window,
                    [&](std::int64_t map, std::int64_t pixel) { to[map] = from[pixel]; });
    }
}

void scatterPixels(const KernelCall& call, const RunState&, int part, int parts) {
    const bool adds = call.integers[0] == 0;
    const Span images = share(call.out[0].rows, 1, part, parts);
    clearRows(call.out[0], images);
    for (std::int64_t image = images.begin; image < images.end; ++image) {
        const Real* from = row<const Real>(call.in[1], image);
        Real* to = row<Real>(call.out[0], image);
        eachPixelOf(row<const Real>(call.in[0], image), call.window, [&](std::int64_t map, std::int64_t pixel) {
            to[pixel] = from[map] + (adds ? to[pixel] : Real(0));
        });
    }
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
