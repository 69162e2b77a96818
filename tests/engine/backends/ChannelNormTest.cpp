// Batch normalization in blocks of pixels, with scale, shift and ReLU, is what the plain kernels compute one after the
// other.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "tests/engine/backends/Matrix.h"

using namespace perceptory;
using tests::difference;
using tests::Matrix;

namespace {

struct Size {
    std::int64_t samples, pixels, channels;
    std::int64_t blocks() const { return (pixels + 63) / 64; }
};

// Channels that fill registers, several or less than one, and pixels that make whole blocks or not.
constexpr Size sizes[] = {{3, 64, 16}, {2, 100, 7}, {5, 16, 64}, {1, 1024, 33}, {4, 130, 100}, {32, 25, 48}};

template <class Real>
struct Run {
    const backends::KernelTable& table;
    std::array<std::int64_t, 4> integers{};
    double epsilon = 1e-5;

    void operator()(const char* id, std::initializer_list<Matrix<Real>*> inputs,
                    std::initializer_list<Matrix<Real>*> outputs, int parts = 1) const {
        backends::KernelCall call = tests::callOf<Real>(inputs, outputs);
        std::ranges::copy(integers, call.integers);
        call.numbers[0] = epsilon;
        tests::runInParts(tests::primitive(table, id), call, parts);
    }
};

// Values around 100 with a spread of 1: sums of squares would lose the spread in floats.
template <class Real>
Matrix<Real> values(const Size& size, std::uint64_t seed, Real shift) {
    auto x = Matrix<Real>::random(size.samples, size.pixels * size.channels, 0, seed);
    for (std::int64_t r = 0; r < x.rows(); ++r)
        for (std::int64_t c = 0; c < x.columns(); ++c) x(r, c) += shift;
    return x;
}

template <class Real>
void compare(const backends::KernelTable& table, const Size& size, bool relu) {
    const std::int64_t width = size.pixels * size.channels;
    auto x = values<Real>(size, 1, 100), dz = values<Real>(size, 2, 0);
    auto s = Matrix<Real>::random(1, size.channels, 0, 3), t = Matrix<Real>::random(1, size.channels, 0, 4);
    Matrix<Real> normal(size.samples, width), statistics(3, size.channels), z(size.samples, width);
    const Run<Real> plain{table, {0, size.channels, 1, 1}}, scale{table, {size.channels}};
    plain("normalize", {&x}, {&normal, &statistics});
    scale("scale_shift", {&normal, &s, &t}, {&z});
    Matrix<Real> dv = dz;
    for (std::int64_t r = 0; relu && r < size.samples; ++r)
        for (std::int64_t c = 0; c < width; ++c) {
            if (!(z(r, c) > 0)) dv(r, c) = 0;
            z(r, c) = std::max(z(r, c), Real(0));
        }
    Matrix<Real> dNormal(size.samples, width), dx(size.samples, width), ds(1, size.channels), dt(1, size.channels);
    scale("scale_shift", {&dv, &s, nullptr}, {&dNormal});
    scale("fold", {&dv, &normal}, {&ds});
    scale("fold", {&dv, nullptr}, {&dt});
    plain("normalize_gradient", {&normal, &statistics, &dNormal}, {&dx});

    const Run<Real> fused{table, {size.channels, relu}};
    const double tolerance = sizeof(Real) == 8 ? 1e-11 : 2e-4;  // of floats around 100, where a step is 8e-6
    Matrix<Real> first(1, 1), firstGradient(1, 1);
    for (const int parts : {1, 2, 3, 16}) {
        Matrix<Real> sums(size.samples, size.blocks() * 2 * size.channels), back = sums;
        Matrix<Real> y(size.samples, width), found(3, size.channels);
        fused("channel_sums", {&x}, {&sums}, parts);
        fused("normalize_channels", {&x, &sums, &s, &t}, {&y, &found}, parts);
        CHECK(difference(y, z) <= tolerance);
        for (std::int64_t c = 0; c < size.channels; ++c)
            for (std::int64_t row = 0; row < 3; ++row)
                CHECK(found(row, c) == doctest::Approx(statistics(row, c)).epsilon(tolerance));
        Matrix<Real> dxFound(size.samples, width), dsFound(1, size.channels), dtFound(1, size.channels);
        fused("channel_gradient_sums", {&x, &found, &s, &t, &dz}, {&back}, parts);
        fused("normalize_channels_gradient", {&x, &found, &s, &t, &dz, &back}, {&dxFound, &dsFound, &dtFound}, parts);
        // Where rounding puts a value on the other side of zero the slope differs, in floats; rare, and not here.
        CHECK(difference(dxFound, dx) <= tolerance * 10);
        CHECK(difference(dsFound, ds) <= tolerance * double(size.samples * size.pixels));
        CHECK(difference(dtFound, dt) <= tolerance * double(size.samples * size.pixels));
        if (parts == 1) first = y, firstGradient = dxFound;
        CHECK(y.values() == first.values());
        CHECK(dxFound.values() == firstGradient.values());
    }
}

}  // namespace

TEST_CASE("normalized channels in two passes are the plain kernels one after the other, for any number of threads") {
    const auto check = [](const backends::KernelTable& table, auto real) {
        CAPTURE(std::string(table.isa));
        for (const Size& size : sizes) {
            CAPTURE(size.pixels);
            CAPTURE(size.channels);
            for (const bool relu : {false, true}) compare<decltype(real)>(table, size, relu);
        }
    };
    check(backends::doubleKernels(), 0.0);
    for (const backends::KernelTable* table : tests::floatTables()) check(*table, 0.0f);
}
