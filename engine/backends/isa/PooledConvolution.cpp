// A convolution with a 2×2 maximum pool behind it, forward and backward, some images at a time: the map between the two
// never leaves the cache.

#include "engine/backends/isa/DirectConvolution.h"
#include "engine/backends/isa/Largest.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Winograd.h"

namespace perceptory::backends::isa {

namespace pooledConvolution {

namespace {

using L = Lanes;
using Real = L::Real;

// As many images as fill the corners of direct tiles, or as fit.
std::int64_t imagesTogether(const tensor::Window& w) {
    return std::clamp<std::int64_t>(tensor::mostPooledMap / (w.mapHeight * w.mapWidth * w.mapChannels), 1, 8);
}

MatrixView rowsOf(const MatrixView& view, Span rows) {
    return {row<Real>(view, rows.begin), rows.end - rows.begin, view.columns, view.stride};
}

// f(pixel of the map, first number of the pooled pixel) for every pool; the pixel is its window's first.
template <class F>
void eachPool(const tensor::Window& w, F f) {
    std::int64_t pooled = 0;
    for (std::int64_t y = 0; y < w.mapHeight; y += 2)
        for (std::int64_t x = 0; x < w.mapWidth; x += 2, pooled += w.mapChannels) f(y * w.mapWidth + x, pooled);
}

void pool(const tensor::Window& w, bool relu, const Real* map, Real* out, Real* winners) {
    const std::int64_t channels = w.mapChannels, steps[4] = {0, 1, w.mapWidth, w.mapWidth + 1};
    eachPool(w, [&](std::int64_t pixel, std::int64_t pooled) {
        for (std::int64_t c = 0; c < channels; c += L::size) {
            const std::int64_t count = std::min<std::int64_t>(L::size, channels - c);
            Largest largest;
            for (const std::int64_t step : steps)
                largest.see(L::loadPart(map + (pixel + step) * channels + c, count), pixel + step);
            (relu ? max_(largest.best, L(0)) : largest.best).storePart(out + pooled + c, count);
            largest.winner.storePart(winners + pooled + c, count);
        }
    });
}

// Every pixel of the map gets its gradient: that of its pool where it won, else 0.
void unpool(const tensor::Window& w, const Real* winners, const Real* gradients, Real* map) {
    const std::int64_t channels = w.mapChannels, steps[4] = {0, 1, w.mapWidth, w.mapWidth + 1};
    eachPool(w, [&](std::int64_t pixel, std::int64_t pooled) {
        for (std::int64_t c = 0; c < channels; c += L::size) {
            const std::int64_t count = std::min<std::int64_t>(L::size, channels - c);
            const L winner = L::loadPart(winners + pooled + c, count);
            const L gradient = L::loadPart(gradients + pooled + c, count);
            for (const std::int64_t step : steps)
                where_(winner == L(static_cast<double>(pixel + step)), gradient, L(0))
                    .storePart(map + (pixel + step) * channels + c, count);
        }
    });
}

}  // namespace

}  // namespace pooledConvolution

void conv2dMaxPool(const KernelCall& call, const RunState&, int part, int parts) {
    using namespace pooledConvolution;
    const tensor::Window& w = call.window;
    const bool relu = call.integers[0] == 1;
    const Span images = share(call.out[0].rows, 1, part, parts);
    if (call.in[3].data) {
        winograd::Job job = winograd::jobOf(w, false);
        job.source = call.in[0];
        job.out = call.out[0];
        job.winners = call.out[1];
        job.weights = call.in[3].data;
        job.bias = call.in[2].data;
        job.pooled = true;
        job.relu = relu;
        return winograd::run(job, share(job.source.rows * job.tiles(), winograd::grain(job), part, parts));
    }
    alignas(64) Real map[tensor::mostPooledMap];
    const std::int64_t size = w.mapHeight * w.mapWidth * w.mapChannels;
    direct::Job job = direct::jobOf(w, false);
    job.weights = call.in[1].data;
    job.bias = call.in[2].data;
    for (std::int64_t image = images.begin; image < images.end; image += imagesTogether(w)) {
        const Span block{image, std::min(images.end, image + imagesTogether(w))};
        const std::int64_t count = block.end - block.begin;
        job.source = rowsOf(call.in[0], block);
        job.out = {map, count, size, size};
        direct::run(job, {0, count}, {0, job.channels});
        for (std::int64_t i = 0; i < count; ++i)
            pool(w, relu, map + i * size, row<Real>(call.out[0], image + i), row<Real>(call.out[1], image + i));
    }
}

void conv2dPooledInputGradient(const KernelCall& call, const RunState&, int part, int parts) {
    using namespace pooledConvolution;
    const tensor::Window& w = call.window;
    alignas(64) Real map[tensor::mostPooledMap];
    const std::int64_t size = w.mapHeight * w.mapWidth * w.mapChannels;
    const Span images = share(call.out[0].rows, 1, part, parts);
    direct::Job job = direct::jobOf(w, true);
    job.weights = call.in[2].data;
    winograd::Job fast = winograd::jobOf(w, true);
    fast.weights = call.in[3].data;
    for (std::int64_t image = images.begin; image < images.end; image += imagesTogether(w)) {
        const Span block{image, std::min(images.end, image + imagesTogether(w))};
        const std::int64_t count = block.end - block.begin;
        for (std::int64_t i = 0; i < count; ++i)
            unpool(w, row<const Real>(call.in[0], image + i), row<const Real>(call.in[1], image + i), map + i * size);
        job.source = fast.source = {map, count, size, size};
        job.out = fast.out = rowsOf(call.out[0], block);
        if (fast.weights)
            winograd::run(fast, {0, count * fast.tiles()});
        else
            direct::run(job, {0, count}, {0, job.channels});
    }
}

}  // namespace perceptory::backends::isa
