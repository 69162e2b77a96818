// Images at other sizes and on other canvases. Each sample is computed by one thread, in one order.

#include <algorithm>
#include <cstring>

#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Share.h"

namespace perceptory::backends::isa {

namespace {

using L = Lanes;
using Real = L::Real;

// The pixels first … first + count - 1 that one pixel of the other size is made of.
struct Blend {
    std::int64_t first, count;
    double weights[2];  // of the first two; a longer blend gives each weights[0]

    double weight(std::int64_t i) const { return weights[count > 2 ? 0 : i]; }
};

Blend blend(tensor::Resampling how, std::int64_t from, std::int64_t to, std::int64_t i) {
    const std::int64_t first = i * from / to;
    if (how == tensor::Resampling::Nearest) return {first, 1, {1, 0}};
    if (how == tensor::Resampling::AdaptiveAverage) {
        const std::int64_t count = ((i + 1) * from + to - 1) / to - first;
        const double weight = 1 / static_cast<double>(count);
        return {first, count, {weight, weight}};
    }
    const double at =
        std::max(0.0, (static_cast<double>(i) + 0.5) * static_cast<double>(from) / static_cast<double>(to) - 0.5);
    const auto low = std::min(static_cast<std::int64_t>(at), from - 1);
    if (low + 1 >= from) return {low, 1, {1, 0}};
    const double share = at - static_cast<double>(low);
    return {low, 2, {1 - share, share}};
}

// Calls visit(pixel of the map, pixel of the image, weight) for every pair that belongs together, map pixel by map
// pixel.
template <class Visit>
void forEachPair(const KernelCall& call, Visit visit) {
    const tensor::Window& w = call.window;
    const auto how = static_cast<tensor::Resampling>(call.integers[0]);
    for (std::int64_t y = 0; y < w.mapHeight; ++y) {
        const Blend rows = blend(how, w.height, w.mapHeight, y);
        for (std::int64_t x = 0; x < w.mapWidth; ++x) {
            const Blend columns = blend(how, w.width, w.mapWidth, x);
            for (std::int64_t r = 0; r < rows.count; ++r)
                for (std::int64_t c = 0; c < columns.count; ++c)
                    visit(y * w.mapWidth + x, (rows.first + r) * w.width + columns.first + c,
                          rows.weight(r) * columns.weight(c));
        }
    }
}

void addScaled(const Real* from, double weight, Real* to, std::int64_t count) {
    const L factor(weight);
    std::int64_t c = 0;
    for (; c + L::size <= count; c += L::size) fma_(L::load(from + c), factor, L::load(to + c)).store(to + c);
    if (c < count)
        fma_(L::loadPart(from + c, count - c), factor, L::loadPart(to + c, count - c)).storePart(to + c, count - c);
}

}  // namespace

void resample(const KernelCall& call, const RunState&, int part, int parts) {
    const std::int64_t channels = call.window.channels;
    const bool back = call.integers[1] == 1;
    const Span images = share(call.out[0].rows, 1, part, parts);
    for (std::int64_t image = images.begin; image < images.end; ++image) {
        const Real* from = row<const Real>(call.in[0], image);
        Real* to = row<Real>(call.out[0], image);
        std::fill_n(to, call.out[0].columns, Real(0));
        forEachPair(call, [&](std::int64_t map, std::int64_t pixel, double weight) {
            addScaled(from + (back ? map : pixel) * channels, weight, to + (back ? pixel : map) * channels, channels);
        });
    }
}

void padImage(const KernelCall& call, const RunState&, int part, int parts) {
    const tensor::Window& w = call.window;
    const std::int64_t left = std::max<std::int64_t>(w.padLeft, 0), skipped = left - w.padLeft;
    const std::int64_t count = std::min(w.mapWidth - left, w.width - skipped);
    const Span images = share(call.out[0].rows, 1, part, parts);
    for (std::int64_t image = images.begin; image < images.end; ++image) {
        Real* to = row<Real>(call.out[0], image);
        std::fill_n(to, call.out[0].columns, Real(0));
        for (std::int64_t y = 0; y < w.mapHeight && count > 0; ++y) {
            const std::int64_t source = y - w.padTop;
            if (source < 0 || source >= w.height) continue;
            std::memcpy(to + (y * w.mapWidth + left) * w.channels,
                        row<const Real>(call.in[0], image) + (source * w.width + skipped) * w.channels,
                        static_cast<std::size_t>(count * w.channels) * sizeof(Real));
        }
    }
}

}  // namespace perceptory::backends::isa
