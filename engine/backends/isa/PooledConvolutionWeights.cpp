// The weight gradient of a convolution with a 2×2 maximum pool behind it. Three of four gradients of the map are zero,
// and more where a ReLU was off: only the others are multiplied. For each channel of the map the numbers that are not
// zero are listed with the place of their window in the image; the values under a window's row lie together, so they
// are registers to be multiplied by one number.

#include "engine/backends/isa/ImagePatch.h"
#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Primitives.h"

namespace perceptory::backends::isa {

namespace pooledWeightGradients {

namespace {

using L = Lanes;
using Real = L::Real;

constexpr std::int64_t channelsTogether = 16;  // lists made in one walk through the pools
constexpr int mostSums = L::size >= 16 ? 18 : 12;

struct Entry {
    Real gradient;
    std::int32_t window;  // its first value in the patch
};

struct Job {
    const tensor::Window& w;
    MatrixView winners, gradients;
    Real* sums;              // [map channels][kernel rows][rowLength]
    std::int64_t rowLength;  // values under a row of the window, in whole registers
    std::int64_t patchRow;   // values of a row of the patch

    explicit Job(const KernelCall& call)
        : w(call.window),
          winners(call.in[1]),
          gradients(call.in[2]),
          sums(static_cast<Real*>(call.out[1].data)),
          rowLength((w.kernelWidth * w.channels + L::size - 1) / L::size * L::size),
          patchRow(PatchArea(w, {0, 1}, {0, w.mapWidth}).width() * w.channels) {}
    std::int64_t sumsOfChannel() const { return w.kernelHeight * rowLength; }
};

// What is not zero in the gradients of one image, for some channels of the map.
struct Lists {
    Entry entries[channelsTogether][tensor::mostPooledMap / 4 / channelsTogether];
    std::int64_t counts[channelsTogether];
};

void list(const Job& job, std::int64_t image, Span channels, Lists& lists) {
    const tensor::Window& w = job.w;
    std::ranges::fill(lists.counts, 0);
    const Real* winners = row<const Real>(job.winners, image);
    const Real* gradients = row<const Real>(job.gradients, image);
    for (std::int64_t y = 0; y < w.mapHeight; y += 2)
        for (std::int64_t x = 0; x < w.mapWidth; x += 2, winners += w.mapChannels, gradients += w.mapChannels) {
            const std::int64_t first = y * w.mapWidth + x;
            const std::int64_t window = y * w.strideY * job.patchRow + x * w.strideX * w.channels;
            const std::int64_t down = w.strideY * job.patchRow, right = w.strideX * w.channels;
            for (std::int64_t c = channels.begin; c < channels.end; ++c) {
                const std::int64_t step = static_cast<std::int64_t>(winners[c]) - first;
                const std::int64_t below = step >= w.mapWidth ? 1 : 0;
                std::int64_t& count = lists.counts[c - channels.begin];
                lists.entries[c - channels.begin][count] = {
                    gradients[c],
                    static_cast<std::int32_t>(window + below * down + (step - below * w.mapWidth) * right)};
                count += gradients[c] != 0 ? 1 : 0;
            }
        }
}

// `Rows` rows of the window from kernel row `row` on, `Registers` of each from register `first` on.
template <int Rows, int Registers>
void addProducts(const Job& job, const Entry* entries, std::int64_t count, const Real* patch, std::int64_t row,
                 std::int64_t first, Real* to) {
    L sums[Rows][Registers];
    for (int i = 0; i < Rows; ++i)
        for (int j = 0; j < Registers; ++j) sums[i][j] = L(0);
    const Real* from = patch + row * job.w.dilationY * job.patchRow + first * L::size;
    for (std::int64_t e = 0; e < count; ++e) {
        const L gradient(entries[e].gradient);
        const Real* x = from + entries[e].window;
        for (int i = 0; i < Rows; ++i, x += job.w.dilationY * job.patchRow)
            for (int j = 0; j < Registers; ++j) sums[i][j] = fma_(gradient, L::load(x + j * L::size), sums[i][j]);
    }
    to += row * job.rowLength + first * L::size;
    for (int i = 0; i < Rows; ++i, to += job.rowLength)
        for (int j = 0; j < Registers; ++j) (sums[i][j] + L::load(to + j * L::size)).store(to + j * L::size);
}

template <int Rows, int Registers>
void addRegisters(const Job& job, const Entry* entries, std::int64_t count, const Real* patch, std::int64_t row,
                  Real* to, std::int64_t first) {
    const std::int64_t left = job.rowLength / L::size - first;
    if (left >= Registers) {
        addProducts<Rows, Registers>(job, entries, count, patch, row, first, to);
        if (left > Registers) addRegisters<Rows, Registers>(job, entries, count, patch, row, to, first + Registers);
    } else if constexpr (Registers > 1) {
        addRegisters<Rows, Registers - 1>(job, entries, count, patch, row, to, first);
    }
}

void addChannel(const Job& job, const Entry* entries, std::int64_t count, const Real* patch, Real* to) {
    std::int64_t row = 0;
    const auto take = [&]<int Rows>(std::integral_constant<int, Rows>) {
        for (; row + Rows <= job.w.kernelHeight; row += Rows)
            addRegisters<Rows, std::min(8, mostSums / Rows)>(job, entries, count, patch, row, to, 0);
    };
    if (job.w.kernelHeight == 5) take(std::integral_constant<int, 5>());
    take(std::integral_constant<int, 3>());
    take(std::integral_constant<int, 1>());
}

void store(const Job& job, Span channels, Real* out) {
    const tensor::Window& w = job.w;
    const std::int64_t values = w.kernelWidth * w.channels;
    for (std::int64_t y = 0; y < w.kernelHeight; ++y)
        for (std::int64_t i = 0; i < values; ++i)
            for (std::int64_t c = channels.begin; c < channels.end; ++c)
                out[(y * values + i) * w.mapChannels + c] = job.sums[c * job.sumsOfChannel() + y * job.rowLength + i];
}

}  // namespace

}  // namespace pooledWeightGradients

void conv2dPooledWeightGradient(const KernelCall& call, const RunState&, int part, int parts) {
    using namespace pooledWeightGradients;
    const Job job(call);
    alignas(64) Real patch[tensor::mostPooledMap + L::size];
    Lists lists;
    const Span mine = share(call.window.mapChannels, 4, part, parts);
    std::fill(job.sums + mine.begin * job.sumsOfChannel(), job.sums + mine.end * job.sumsOfChannel(), Real(0));
    const PatchArea all(job.w, {0, job.w.mapHeight}, {0, job.w.mapWidth});
    std::fill_n(patch + all.pixels() * job.w.channels, L::size, Real(0));
    for (std::int64_t image = 0; image < call.in[0].rows; ++image) {
        copyPatch(row<const Real>(call.in[0], image), job.w, all, patch);
        for (std::int64_t c = mine.begin; c < mine.end; c += channelsTogether) {
            const Span channels{c, std::min(mine.end, c + channelsTogether)};
            list(job, image, channels, lists);
            for (std::int64_t i = channels.begin; i < channels.end; ++i)
                addChannel(job, lists.entries[i - c], lists.counts[i - c], patch, job.sums + i * job.sumsOfChannel());
        }
    }
    store(job, mine, static_cast<Real*>(call.out[0].data));
}

}  // namespace perceptory::backends::isa
