#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/engine/backends/Matrix.h"

using namespace perceptory;
using tensor::Window;
using tests::Matrix;

namespace {

// Around the tiles of every instruction set: few and many channels, borders on every side, strides, groups, a window as
// large as the image.
const Window windows[] = {
    {5, 5, 1, 5, 5, 1, 3, 3, 1, 1, 1, 1},
    {9, 10, 3, 9, 10, 32, 3, 3, 1, 1, 1, 1},
    {8, 8, 17, 8, 8, 33, 3, 3, 1, 1, 1, 1},
    {12, 12, 8, 8, 8, 16, 5, 5},
    {7, 9, 4, 4, 5, 47, 3, 3, 2, 2, 1, 1},
    {6, 6, 6, 6, 6, 9, 3, 3, 1, 1, 1, 1, 1, 1, 3},
    {9, 9, 20, 9, 9, 20, 3, 3, 1, 1, 1, 1, 1, 1, 20},
    {8, 9, 5, 4, 5, 7, 3, 3, 1, 1, 0, 0, 2, 2},
    {4, 3, 2, 1, 1, 5, 4, 3},
    {1, 20, 6, 1, 20, 12, 1, 7, 1, 1, 0, 3},
};
constexpr std::int64_t batch = 9;

std::int64_t imageSize(const Window& w) { return w.height * w.width * w.channels; }
std::int64_t mapSize(const Window& w) { return w.mapHeight * w.mapWidth * w.mapChannels; }

template <class Real>
Matrix<Real> run(const backends::KernelTable& table, const char* id, const Window& window,
                 std::initializer_list<Matrix<Real>*> inputs, std::int64_t rows, std::int64_t columns, int parts) {
    Matrix<Real> out(rows, columns);
    backends::KernelCall call;
    int i = 0;
    for (Matrix<Real>* input : inputs) call.in[i++] = input->view();
    call.out[0] = out.view();
    call.window = window;
    tests::runInParts(tests::primitive(table, id), call, parts);
    return out;
}

// The definition, in plain loops.
double definition(const Window& w, const Matrix<double>& image, const Matrix<double>& weights, double bias,
                  std::int64_t n, std::int64_t y, std::int64_t x, std::int64_t o) {
    double sum = bias;
    const std::int64_t in = w.channels / w.groups, first = o / (w.mapChannels / w.groups) * in;
    for (std::int64_t ky = 0; ky < w.kernelHeight; ++ky)
        for (std::int64_t kx = 0; kx < w.kernelWidth; ++kx) {
            const std::int64_t row = y * w.strideY - w.padTop + ky * w.dilationY;
            const std::int64_t column = x * w.strideX - w.padLeft + kx * w.dilationX;
            if (row < 0 || row >= w.height || column < 0 || column >= w.width) continue;
            for (std::int64_t i = 0; i < in; ++i)
                sum += image(n, (row * w.width + column) * w.channels + first + i) *
                       weights((ky * w.kernelWidth + kx) * in + i, o);
        }
    return sum;
}

// The kernel called `id` with these random inputs agrees with its double version, whatever the number of threads.
void compareWithDouble(const char* id, const Window& w, std::array<std::array<std::int64_t, 2>, 3> inputs,
                       std::int64_t rows, std::int64_t columns, double terms) {
    const auto make = [&](auto real, std::size_t i) {
        return Matrix<decltype(real)>::random(inputs[i][0], inputs[i][1], 0, i + 1);
    };
    auto a = make(0.0, 0), b = make(0.0, 1), c = make(0.0, 2);
    const auto exact = run<double>(backends::doubleKernels(), id, w, {&a, &b, &c}, rows, columns, 1);
    for (const backends::KernelTable* table : tests::floatTables()) {
        CAPTURE(std::string(table->isa));
        auto fa = make(0.0f, 0), fb = make(0.0f, 1), fc = make(0.0f, 2);
        const auto found = run<float>(*table, id, w, {&fa, &fb, &fc}, rows, columns, 1);
        double worst = 0;
        for (std::size_t i = 0; i < found.values().size(); ++i)
            worst = std::max(worst, std::abs(double(found.values()[i]) - exact.values()[i]));
        CHECK(worst <= 1.5e-6 * std::sqrt(terms));
        for (const int parts : {2, 3, 16})
            CHECK(run<float>(*table, id, w, {&fa, &fb, &fc}, rows, columns, parts).values() == found.values());
    }
}

}  // namespace

TEST_CASE("a convolution is its definition") {
    for (const Window& w : windows) {
        CAPTURE(w.height);
        auto image = Matrix<double>::random(batch, imageSize(w));
        auto weights = Matrix<double>::random(w.taps() * w.channels / w.groups, w.mapChannels, 0, 2);
        auto bias = Matrix<double>::random(1, w.mapChannels, 0, 3);
        const auto map =
            run<double>(backends::doubleKernels(), "conv2d", w, {&image, &weights, &bias}, batch, mapSize(w), 1);
        double worst = 0;
        for (std::int64_t n = 0; n < batch; ++n)
            for (std::int64_t y = 0; y < w.mapHeight; ++y)
                for (std::int64_t x = 0; x < w.mapWidth; ++x)
                    for (std::int64_t o = 0; o < w.mapChannels; ++o)
                        worst = std::max(worst, std::abs(map(n, (y * w.mapWidth + x) * w.mapChannels + o) -
                                                         definition(w, image, weights, bias(0, o), n, y, x, o)));
        CHECK(worst < 1e-12);
    }
}

TEST_CASE("convolutions and their gradients in floats agree with those in double, with equal bits for all threads") {
    for (const Window& w : windows) {
        CAPTURE(w.height);
        CAPTURE(w.channels);
        CAPTURE(w.mapChannels);
        const std::int64_t in = w.channels / w.groups, out = w.mapChannels / w.groups;
        compareWithDouble("conv2d", w, {{{batch, imageSize(w)}, {w.taps() * in, w.mapChannels}, {1, w.mapChannels}}},
                          batch, mapSize(w), double(w.taps() * in));
        compareWithDouble("conv2d_input_gradient", w,
                          {{{batch, mapSize(w)}, {w.taps() * out, w.channels}, {1, w.channels}}}, batch, imageSize(w),
                          double(w.taps() * out));
        compareWithDouble("conv2d_weight_gradient", w, {{{batch, imageSize(w)}, {batch, mapSize(w)}, {1, 1}}},
                          w.taps() * in, w.mapChannels, double(batch * w.mapHeight * w.mapWidth));
    }
}

TEST_CASE("pools in floats agree with those in double") {
    const Window pools[] = {
        {8, 8, 5, 4, 4, 5, 2, 2, 2, 2}, {7, 9, 33, 4, 5, 33, 3, 3, 2, 2, 1, 1}, {6, 6, 16, 6, 6, 16, 3, 3, 1, 1, 1, 1}};
    for (const Window& w : pools) {
        CAPTURE(w.channels);
        for (const char* id : {"max_pool", "average_pool"}) {
            auto image = Matrix<double>::random(batch, imageSize(w));
            backends::KernelCall call;
            Matrix<double> exact(batch, mapSize(w)), winners(batch, mapSize(w));
            call.in[0] = image.view();
            call.out[0] = exact.view();
            call.out[1] = winners.view();
            call.window = w;
            tests::runInParts(tests::primitive(backends::doubleKernels(), id), call);
            for (const backends::KernelTable* table : tests::floatTables()) {
                auto floats = Matrix<float>::random(batch, imageSize(w));
                Matrix<float> map(batch, mapSize(w)), places(batch, mapSize(w));
                call.in[0] = floats.view();
                call.out[0] = map.view();
                call.out[1] = places.view();
                tests::runInParts(tests::primitive(*table, id), call, 2);
                for (std::size_t i = 0; i < map.values().size(); ++i) {
                    CHECK(double(map.values()[i]) == doctest::Approx(exact.values()[i]).epsilon(1e-6).scale(1));
                    if (winners.values()[i] != 12345) CHECK(double(places.values()[i]) == winners.values()[i]);
                }
            }
        }
    }
}

TEST_CASE("of equal values the first wins a pool, and what is not a number is seen") {
    const Window w{2, 2, 1, 1, 1, 1, 2, 2, 2, 2};
    for (const backends::KernelTable* table : tests::floatTables())
        for (const bool broken : {false, true}) {
            Matrix<float> image(1, 4), map(1, 1), winner(1, 1);
            for (int i = 0; i < 4; ++i) image(0, i) = i == 0 ? -1.0f : 3.0f;
            if (broken) image(0, 2) = std::numeric_limits<float>::quiet_NaN();
            backends::KernelCall call;
            call.in[0] = image.view();
            call.out[0] = map.view();
            call.out[1] = winner.view();
            call.window = w;
            tests::runInParts(tests::primitive(*table, "max_pool"), call);
            CHECK(winner(0, 0) == (broken ? 2.0f : 1.0f));
            CHECK(std::isnan(map(0, 0)) == broken);
        }
}
