#include <doctest/doctest.h>

#include <cmath>

#include "tests/engine/backends/Matrix.h"

using namespace perceptory;
using tests::Matrix;

namespace {

struct Size {
    std::int64_t m, k, n;
};

// Around the tiles of every instruction set: one row, one column, one more and one less than whole tiles.
const Size sizes[] = {{1, 1, 1},    {2, 3, 5},    {7, 5, 3},    {8, 16, 32},  {9, 17, 33},  {13, 1, 31}, {10, 4, 1},
                      {64, 50, 10}, {31, 2, 100}, {5, 128, 47}, {100, 3, 16}, {33, 9, 257}, {3, 70, 129}};

template <class Real>
Matrix<Real> product(const backends::KernelTable& table, Matrix<Real>& a, bool transposed, Matrix<Real>& b,
                     Matrix<Real>* bias, std::int64_t gap, int parts) {
    Matrix<Real> out(transposed ? a.columns() : a.rows(), b.columns(), gap);
    backends::KernelCall call;
    call.in[0] = a.view();
    call.in[1] = b.view();
    if (bias) call.in[2] = bias->view();
    call.out[0] = out.view();
    call.integers[0] = transposed ? 1 : 0;
    tests::runInParts(tests::primitive(table, "matrix_product"), call, parts);
    return out;
}

template <class Real>
void compareWithPlainLoops(const backends::KernelTable& table, const Size& size, bool transposed, bool withBias,
                           double tolerance) {
    auto a = Matrix<Real>::random(transposed ? size.k : size.m, transposed ? size.m : size.k, 3);
    auto b = Matrix<Real>::random(size.k, size.n, 5, 2);
    auto bias = Matrix<Real>::random(1, size.n, 0, 3);
    const auto out = product(table, a, transposed, b, withBias ? &bias : nullptr, 2, 1);
    double worst = 0;
    for (std::int64_t m = 0; m < size.m; ++m)
        for (std::int64_t n = 0; n < size.n; ++n) {
            double sum = withBias ? bias(0, n) : 0;
            for (std::int64_t k = 0; k < size.k; ++k) sum += double(transposed ? a(k, m) : a(m, k)) * double(b(k, n));
            worst = std::max(worst, std::abs(sum - double(out(m, n))));
        }
    CHECK(worst <= tolerance * std::sqrt(double(size.k)));
    CHECK(out.gapsAreUntouched());
    for (const int parts : {2, 3, 16})
        CHECK(product(table, a, transposed, b, withBias ? &bias : nullptr, 2, parts).values() == out.values());
}

}  // namespace

TEST_CASE("the matrix product agrees with plain loops for odd shapes, and its bits do not depend on the threads") {
    for (const Size& size : sizes)
        for (const bool transposed : {false, true})
            for (const bool withBias : {false, true}) {
                CAPTURE(size.m);
                CAPTURE(size.k);
                CAPTURE(size.n);
                CAPTURE(transposed);
                compareWithPlainLoops<double>(backends::doubleKernels(), size, transposed, withBias, 1e-15);
                for (const backends::KernelTable* table : tests::floatTables()) {
                    CAPTURE(std::string(table->isa));
                    compareWithPlainLoops<float>(*table, size, transposed, withBias, 5e-7);
                }
            }
}

TEST_CASE("an element has the same bits wherever its tile lies") {
    for (const backends::KernelTable* table : tests::floatTables()) {
        CAPTURE(std::string(table->isa));
        auto a = Matrix<float>::random(40, 30);
        auto b = Matrix<float>::random(30, 70, 0, 2);
        const auto whole = product<float>(*table, a, false, b, nullptr, 0, 1);
        for (const std::int64_t rows : {1, 3, 6, 17})
            for (const std::int64_t columns : {1, 15, 33}) {
                Matrix<float> few(rows, 30), narrow(30, columns);
                for (std::int64_t r = 0; r < rows; ++r)
                    for (std::int64_t k = 0; k < 30; ++k) few(r, k) = a(r, k);
                for (std::int64_t k = 0; k < 30; ++k)
                    for (std::int64_t c = 0; c < columns; ++c) narrow(k, c) = b(k, c);
                const auto corner = product<float>(*table, few, false, narrow, nullptr, 0, 1);
                for (std::int64_t r = 0; r < rows; ++r)
                    for (std::int64_t c = 0; c < columns; ++c) CHECK(corner(r, c) == whole(r, c));
            }
    }
}

namespace {

template <class Real>
struct Parts {
    const backends::KernelTable& table;
    Matrix<Real>&a, &b;
    Matrix<Real>* bias = nullptr;
    bool transposed = false, relu = false;

    Matrix<Real> sum(int threads) const {
        const std::int64_t rows = transposed ? a.columns() : a.rows(), count = 3;
        Matrix<Real> stretches(transposed ? count * rows : rows, transposed ? b.columns() : count * b.columns());
        Matrix<Real> out(rows, b.columns(), 3);
        backends::KernelCall product = tests::callOf<Real>({&a, &b}, {&stretches});
        product.integers[0] = transposed;
        product.integers[1] = count;
        tests::runInParts(tests::primitive(table, "product_parts"), product, threads);
        backends::KernelCall add = tests::callOf<Real>({&stretches, bias}, {&out});
        add.integers[0] = relu;
        tests::runInParts(tests::primitive(table, "sum_parts"), add, threads);
        CHECK(out.gapsAreUntouched());
        return out;
    }
};

template <class Real>
void comparePartsWithTheWhole(const backends::KernelTable& table, const Size& size, bool transposed, double tolerance) {
    auto a = Matrix<Real>::random(transposed ? size.k : size.m, transposed ? size.m : size.k, 3);
    auto b = Matrix<Real>::random(size.k, size.n, 0, 2), bias = Matrix<Real>::random(1, size.n, 0, 3);
    for (Matrix<Real>* offset : {&bias, static_cast<Matrix<Real>*>(nullptr)}) {
        const auto whole = product(table, a, transposed, b, offset, 3, 1);
        auto sum = Parts<Real>{table, a, b, offset, transposed}.sum(1);
        CHECK(tests::difference(sum, whole) <= tolerance * std::sqrt(double(size.k)));
        for (const int threads : {2, 3, 16})
            CHECK(Parts<Real>{table, a, b, offset, transposed}.sum(threads).values() == sum.values());
        const auto relu = Parts<Real>{table, a, b, offset, transposed, true}.sum(2);
        for (std::int64_t r = 0; r < sum.rows(); ++r)
            for (std::int64_t c = 0; c < sum.columns(); ++c) sum(r, c) = std::max(sum(r, c), Real(0));
        CHECK(relu.values() == sum.values());
    }
}

}  // namespace

TEST_CASE("a product in parts of its depth is the whole product, and its bits do not depend on the threads") {
    for (const Size& size : {Size{3, 5, 7}, Size{9, 100, 33}, Size{16, 784, 128}, Size{32, 1200, 500}})
        for (const bool transposed : {false, true}) {
            CAPTURE(size.k);
            CAPTURE(transposed);
            comparePartsWithTheWhole<double>(backends::doubleKernels(), size, transposed, 8e-15);
            for (const backends::KernelTable* table : tests::floatTables()) {
                CAPTURE(std::string(table->isa));
                comparePartsWithTheWhole<float>(*table, size, transposed, 4e-6);
            }
        }
}
