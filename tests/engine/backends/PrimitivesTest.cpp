#include <doctest/doctest.h>

#include <cmath>

#include "engine/base/Random.h"
#include "tests/engine/backends/Matrix.h"

using namespace perceptory;
using tests::Matrix;

namespace {

std::vector<const backends::KernelTable*> tables() { return tests::floatTables(); }

Matrix<float> run(const backends::KernelTable& table, const char* id, backends::KernelCall call, std::int64_t rows,
                  std::int64_t columns, int parts, const backends::RunState& state = {}, std::int64_t gap = 3) {
    Matrix<float> out(rows, columns, gap);
    call.out[0] = out.view();
    tests::runInParts(tests::primitive(table, id), call, parts, state);
    CHECK(out.gapsAreUntouched());
    return out;
}

}  // namespace

TEST_CASE("rows are added up column by column, with equal bits for any number of threads") {
    for (const backends::KernelTable* table : tables()) {
        auto in = Matrix<float>::random(200, 37, 2);
        backends::KernelCall call;
        call.in[0] = in.view();
        const auto out = run(*table, "sum_rows", call, 1, 37, 1);
        for (std::int64_t c = 0; c < 37; ++c) {
            double sum = 0;
            for (std::int64_t r = 0; r < 200; ++r) sum += double(in(r, c));
            CHECK(out(0, c) == doctest::Approx(sum).epsilon(1e-5).scale(1));
        }
        CHECK(run(*table, "sum_rows", call, 1, 37, 3).values() == out.values());
    }
}

TEST_CASE("means of rows and their way back") {
    for (const backends::KernelTable* table : tables()) {
        auto in = Matrix<float>::random(5, 19, 1);
        backends::KernelCall call;
        call.in[0] = in.view();
        const auto mean = run(*table, "row_mean", call, 5, 1, 2);
        for (std::int64_t r = 0; r < 5; ++r) {
            double sum = 0;
            for (std::int64_t c = 0; c < 19; ++c) sum += double(in(r, c));
            CHECK(mean(r, 0) == doctest::Approx(sum / 19).epsilon(1e-6).scale(1));
        }
        auto d = Matrix<float>::random(5, 1);
        call.in[0] = d.view();
        call.numbers[0] = 1.0 / 19;
        const auto spread = run(*table, "spread_columns", call, 5, 19, 2);
        for (std::int64_t r = 0; r < 5; ++r) CHECK(spread(r, 18) == doctest::Approx(d(r, 0) / 19));
    }
}

TEST_CASE("transpose, concatenate, slice, add and reshape put every element in its place") {
    for (const backends::KernelTable* table : tables())
        for (const int parts : {1, 3}) {
            auto a = Matrix<float>::random(35, 18), b = Matrix<float>::random(35, 7, 0, 2);
            backends::KernelCall call;
            call.in[0] = a.view();
            call.in[1] = b.view();
            call.integers[0] = 18;
            call.integers[1] = 7;
            const auto turned = run(*table, "transpose", call, 18, 35, parts);
            const auto joined = run(*table, "concatenate", call, 35, 25, parts, {}, 0);
            call.integers[1] = 5;
            call.integers[2] = 4;
            const auto piece = run(*table, "slice", call, 35, 4, parts, {}, 0);
            call.in[1] = a.view();
            call.integers[0] = 0;
            const auto twice = run(*table, "add", call, 35, 18, parts);
            call.integers[0] = 1;
            const auto positive = run(*table, "add", call, 35, 18, parts);
            for (std::int64_t r = 0; r < 35; ++r) {
                for (std::int64_t c = 0; c < 18; ++c) {
                    CHECK(turned(c, r) == a(r, c));
                    CHECK(joined(r, c) == a(r, c));
                    CHECK(twice(r, c) == 2 * a(r, c));
                    CHECK(positive(r, c) == std::max(2 * a(r, c), 0.0f));
                }
                for (std::int64_t c = 0; c < 7; ++c) CHECK(joined(r, 18 + c) == b(r, c));
                for (std::int64_t c = 0; c < 4; ++c) CHECK(piece(r, c) == a(r, 5 + c));
            }
            auto flat = Matrix<float>::random(6, 35);
            Matrix<float> shaped(7, 30);
            call.in[0] = flat.view();
            call.out[0] = shaped.view();
            tests::runInParts(tests::primitive(*table, "reshape"), call, parts);
            CHECK(shaped.values() == flat.values());
        }
}

TEST_CASE("the weighted mean leaves out samples of weight 0, whatever their loss is") {
    for (const backends::KernelTable* table : tables()) {
        auto l = Matrix<float>::random(600, 1), w = Matrix<float>::random(600, 1, 0, 2);
        double sum = 0, weights = 0;
        for (std::int64_t r = 0; r < 600; ++r) {
            w(r, 0) = std::abs(w(r, 0));
            if (r == 300) w(r, 0) = 0, l(r, 0) = NAN;
            if (r != 300) sum += double(l(r, 0)) * double(w(r, 0));
            weights += double(w(r, 0));
        }
        backends::KernelCall call;
        call.in[0] = l.view();
        call.in[1] = w.view();
        CHECK(run(*table, "weighted_mean", call, 1, 1, 2)(0, 0) == doctest::Approx(sum / weights).epsilon(1e-6));
        Matrix<float> d(1, 1);
        d(0, 0) = 2;
        call.in[0] = w.view();
        call.in[1] = d.view();
        const auto dl = run(*table, "weighted_mean_gradient", call, 600, 1, 2);
        CHECK(dl(10, 0) == doctest::Approx(2 * double(w(10, 0)) / weights));
        CHECK(dl(300, 0) == 0);
    }
}

TEST_CASE("dropout keeps the elements whose random word says so, the same whoever computes them") {
    const double rate = 0.3;
    const std::uint32_t operation = 77;
    const backends::RunState state{0x123456789abcdefull, 5};
    auto x = Matrix<float>::random(70, 33);
    for (const backends::KernelTable* table : tables()) {
        backends::KernelCall call;
        call.in[0] = x.view();
        call.numbers[0] = rate;
        call.integers[0] = operation;
        const auto out = run(*table, "dropout", call, 70, 33, 1, state);
        int dropped = 0;
        for (std::int64_t r = 0; r < 70; ++r)
            for (std::int64_t c = 0; c < 33; ++c) {
                const auto e = static_cast<std::uint32_t>(r * 33 + c);
                const auto words = base::philox({e / 4, 0, operation, state.step}, {0x89abcdefu, 0x01234567u});
                const bool keep = base::toUnit(words[e % 4]) >= rate;
                CHECK(out(r, c) == (keep ? x(r, c) * static_cast<float>(1 / (1 - rate)) : 0.0f));
                dropped += !keep;
            }
        CHECK(dropped / (70.0 * 33) == doctest::Approx(rate).epsilon(0.1));
        CHECK(run(*table, "dropout", call, 70, 33, 4, state).values() == out.values());
    }
}
