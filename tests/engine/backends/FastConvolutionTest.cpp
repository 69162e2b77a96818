// Kernels that take several operations together, or another algorithm, agree with the plain ones one after the other.

#include <doctest/doctest.h>

#include <cmath>

#include "tests/engine/backends/Matrix.h"

using namespace perceptory;
using tensor::Window;
using tests::difference;
using tests::Matrix;

namespace {

// 3×3 with stride 1: full tiles and cut ones, channels that fill registers and that do not, every padding.
const Window winogradWindows[] = {
    {8, 8, 16, 8, 8, 16, 3, 3, 1, 1, 1, 1}, {7, 9, 17, 7, 9, 33, 3, 3, 1, 1, 1, 1},
    {6, 6, 64, 4, 4, 48, 3, 3, 1, 1, 0, 0}, {4, 5, 32, 6, 7, 20, 3, 3, 1, 1, 2, 2},
    {3, 3, 16, 1, 1, 16, 3, 3, 1, 1, 0, 0}, {5, 5, 600, 5, 5, 16, 3, 3, 1, 1, 1, 1},
};

// With an even map: few and many channels, windows of one to five rows, strides, images that need no padding.
const Window pooledWindows[] = {
    {12, 12, 1, 12, 12, 8, 5, 5, 1, 1, 2, 2},
    {8, 8, 3, 8, 8, 32, 3, 3, 1, 1, 1, 1},
    {8, 6, 17, 8, 6, 33, 3, 3, 1, 1, 1, 1},
    {10, 10, 64, 8, 8, 16, 3, 3},
    {9, 9, 5, 4, 4, 7, 3, 3, 2, 2, 0, 0},
    {4, 4, 6, 2, 2, 9, 3, 3},
    {6, 6, 8, 6, 6, 16, 1, 1},
    {6, 8, 20, 4, 4, 18, 3, 5},
};

constexpr std::int64_t batch = 5;

std::int64_t imageSize(const Window& w) { return w.height * w.width * w.channels; }
std::int64_t mapSize(const Window& w) { return w.mapHeight * w.mapWidth * w.mapChannels; }

Window poolBehind(const Window& w) {
    return {w.mapHeight, w.mapWidth, w.mapChannels, w.mapHeight / 2, w.mapWidth / 2, w.mapChannels, 2, 2, 2, 2};
}

template <class Real>
struct Kernel {
    const backends::KernelTable& table;
    const char* id;
    Window window{};
    std::int64_t integer = 0;

    void operator()(std::initializer_list<Matrix<Real>*> inputs, std::initializer_list<Matrix<Real>*> outputs,
                    int parts = 1) const {
        backends::KernelCall call = tests::callOf<Real>(inputs, outputs);
        call.window = window;
        call.integers[0] = integer;
        tests::runInParts(tests::primitive(table, id), call, parts);
    }
};

template <class Real>
double tolerance(std::int64_t terms) {
    return (sizeof(Real) == 8 ? 1e-14 : 3e-6) * std::sqrt(double(terms));
}

template <class Real>
Matrix<Real> winogradWeights(const backends::KernelTable& table, Matrix<Real>& weights, bool turned, int parts = 1) {
    const std::int64_t sources = weights.rows() / 9, columns = (weights.columns() + 31) / 32 * 32;
    Matrix<Real> transformed(16 * sources, columns);
    Kernel<Real>{table, "winograd_weights", {}, turned}({&weights}, {&transformed}, parts);
    return transformed;
}

// conv2d, or conv2d_input_gradient, with and without Winograd's weights.
template <class Real>
void compareWinograd(const backends::KernelTable& table, const Window& w, bool backward) {
    const std::int64_t sources = backward ? w.mapChannels : w.channels;
    const std::int64_t channels = backward ? w.channels : w.mapChannels;
    auto source = Matrix<Real>::random(batch, backward ? mapSize(w) : imageSize(w));
    auto weights = Matrix<Real>::random(9 * sources, channels, 0, 2);
    auto bias = Matrix<Real>::random(1, channels, 0, 3);
    const Kernel<Real> convolution{table, backward ? "conv2d_input_gradient" : "conv2d", w};
    const std::int64_t columns = backward ? imageSize(w) : mapSize(w);
    Matrix<Real> plain(batch, columns), fast(batch, columns);
    convolution({&source, &weights, &bias}, {&plain});
    auto transformed = winogradWeights(table, weights, backward);
    convolution({&source, &weights, &bias, &transformed}, {&fast});
    CHECK(difference(plain, fast) <= tolerance<Real>(9 * sources));
    for (const int parts : {2, 3, 16}) {
        auto again = winogradWeights(table, weights, backward, parts);
        Matrix<Real> split(batch, columns);
        convolution({&source, &weights, &bias, &again}, {&split}, parts);
        CHECK(split.values() == fast.values());
    }
}

// conv2d_weight_gradient in Winograd's planes, in `blocks` blocks of images.
template <class Real>
void compareWinogradGradient(const backends::KernelTable& table, const Window& w, std::int64_t blocks) {
    auto image = Matrix<Real>::random(batch, imageSize(w));
    auto map = Matrix<Real>::random(batch, mapSize(w), 0, 2);
    Matrix<Real> plain(9 * w.channels, w.mapChannels), fast(9 * w.channels, w.mapChannels);
    Kernel<Real>{table, "conv2d_weight_gradient", w}({&image, &map}, {&plain});
    for (const int parts : {1, 2, 3, 16}) {
        Matrix<Real> sums(blocks * 16 * w.channels, w.mapChannels), found(9 * w.channels, w.mapChannels);
        Kernel<Real>{table, "winograd_weight_sums", w}({&image, &map}, {&sums}, parts);
        Kernel<Real>{table, "winograd_weight_gradient", w}({&sums}, {&found}, parts);
        if (parts == 1) fast = found;
        CHECK(found.values() == fast.values());
    }
    CHECK(difference(plain, fast) <= tolerance<Real>(4 * batch * w.mapHeight * w.mapWidth));
}

// Everything that belongs to one convolution with a pool behind it.
template <class Real>
struct Pooled {
    const backends::KernelTable& table;
    Window w, pool = poolBehind(w);
    Matrix<Real> image = Matrix<Real>::random(batch, imageSize(w));
    Matrix<Real> weights = Matrix<Real>::random(w.taps() * w.channels, w.mapChannels, 0, 2);
    Matrix<Real> back = Matrix<Real>::random(w.taps() * w.mapChannels, w.channels, 0, 5);
    Matrix<Real> bias = Matrix<Real>::random(1, w.mapChannels, 0, 3);
    Matrix<Real> gradient = Matrix<Real>::random(batch, mapSize(w) / 4, 0, 4);
    Matrix<Real> map{batch, mapSize(w)}, pooled{batch, mapSize(w) / 4}, winners{batch, mapSize(w) / 4};

    void runPlain() {
        Kernel<Real>{table, "conv2d", w}({&image, &weights, &bias}, {&map});
        Kernel<Real>{table, "max_pool", pool}({&map}, {&pooled, &winners});
    }

    void checkForward(bool relu, bool winograd) {
        auto transformed = winogradWeights(table, weights, false);
        Matrix<Real> first(1, 1);
        for (const int parts : {1, 2, 3, 16}) {
            Matrix<Real> found(batch, mapSize(w) / 4), won(batch, mapSize(w) / 4);
            Kernel<Real>{table, "conv2d_max_pool", w, relu}(
                {&image, &weights, &bias, winograd ? &transformed : nullptr}, {&found, &won}, parts);
            if (parts == 1) {
                Matrix<Real> expected = pooled;
                for (std::int64_t r = 0; r < batch; ++r)
                    for (std::int64_t c = 0; relu && c < expected.columns(); ++c)
                        expected(r, c) = std::max(expected(r, c), Real(0));
                CHECK(difference(found, expected) <= tolerance<Real>(w.taps() * w.channels));
                CHECK(won.values() == winners.values());
                first = found;
            }
            CHECK(found.values() == first.values());
        }
    }

    void checkInputGradient(bool winograd) {
        Matrix<Real> spread(batch, mapSize(w)), expected(batch, imageSize(w)), first(1, 1);
        Kernel<Real>{table, "max_pool_gradient", pool}({&winners, &gradient}, {&spread});
        Kernel<Real>{table, "conv2d_input_gradient", w}({&spread, &back}, {&expected});
        auto transformed = winogradWeights(table, back, true);
        for (const int parts : {1, 2, 3, 16}) {
            Matrix<Real> found(batch, imageSize(w));
            Kernel<Real>{table, "conv2d_pooled_input_gradient", w}(
                {&winners, &gradient, &back, winograd ? &transformed : nullptr}, {&found}, parts);
            if (parts == 1) first = found;
            CHECK(difference(found, expected) <= tolerance<Real>(w.taps() * w.mapChannels));
            CHECK(found.values() == first.values());
        }
    }

    void checkWeightGradient() {
        Matrix<Real> spread(batch, mapSize(w)), expected(w.taps() * w.channels, w.mapChannels), first(1, 1);
        for (std::int64_t c = 0; c < gradient.columns(); c += 3) gradient(0, c) = 0;  // as behind a ReLU that was off
        Kernel<Real>{table, "max_pool_gradient", pool}({&winners, &gradient}, {&spread});
        Kernel<Real>{table, "conv2d_weight_gradient", w}({&image, &spread}, {&expected});
        for (const int parts : {1, 2, 3, 16}) {
            Matrix<Real> found(w.taps() * w.channels, w.mapChannels);
            Matrix<Real> sums(w.mapChannels, w.kernelHeight * ((w.kernelWidth * w.channels + 15) / 16 * 16));
            Kernel<Real>{table, "conv2d_pooled_weight_gradient", w}({&image, &winners, &gradient}, {&found, &sums},
                                                                    parts);
            if (parts == 1) first = found;
            CHECK(difference(found, expected) <= tolerance<Real>(batch * w.mapHeight * w.mapWidth));
            CHECK(found.values() == first.values());
        }
    }
};

template <class Real>
void comparePooled(const backends::KernelTable& table, const Window& w) {
    Pooled<Real> both{table, w};
    both.runPlain();
    const bool suits = w.kernelHeight == 3 && w.kernelWidth == 3 && w.strideY == 1;
    for (const bool winograd : {false, true}) {
        if (winograd && !suits) continue;
        both.checkForward(false, winograd);
        both.checkForward(true, winograd);
        both.checkInputGradient(winograd);
    }
    both.checkWeightGradient();
}

template <class Check>
void forEveryTable(Check check) {
    check(backends::doubleKernels(), 0.0);
    for (const backends::KernelTable* table : tests::floatTables()) check(*table, 0.0f);
}

}  // namespace

TEST_CASE("Winograd's convolution is the direct one, with equal bits for all threads") {
    forEveryTable([](const backends::KernelTable& table, auto real) {
        CAPTURE(std::string(table.isa));
        for (const Window& w : winogradWindows) {
            CAPTURE(w.height);
            CAPTURE(w.channels);
            for (const bool backward : {false, true}) compareWinograd<decltype(real)>(table, w, backward);
            for (const std::int64_t blocks : {1, 3, 8}) compareWinogradGradient<decltype(real)>(table, w, blocks);
        }
    });
}

TEST_CASE("a convolution and its pool together are the two apart, with equal bits for all threads") {
    forEveryTable([](const backends::KernelTable& table, auto real) {
        CAPTURE(std::string(table.isa));
        for (const Window& w : pooledWindows) {
            CAPTURE(w.height);
            CAPTURE(w.channels);
            comparePooled<decltype(real)>(table, w);
        }
    });
}
