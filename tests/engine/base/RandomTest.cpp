#include "engine/base/Random.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace perceptory::base;

TEST_CASE("Philox gives the known answers of its authors") {
    // Known-answer vectors of Random123 (kat_vectors, philox4x32 with 10 rounds).
    CHECK(philox({0, 0, 0, 0}, {0, 0}) == std::array<std::uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    CHECK(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
          std::array<std::uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
          std::array<std::uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("normal numbers have mean 0 and deviation 1") {
    RandomStream stream(7, stableHash("normal"));
    const int count = 100000;
    double sum = 0, squares = 0;
    for (int i = 0; i < count; ++i) {
        const double x = stream.normal();
        sum += x;
        squares += x * x;
    }
    CHECK(std::abs(sum / count) < 0.015);
    CHECK(std::abs(squares / count - 1) < 0.02);
}

TEST_CASE("a shuffle is a permutation and differs between steps") {
    std::vector<int> a(100), b(100);
    std::iota(a.begin(), a.end(), 0);
    b = a;
    RandomStream(1, 2, 3).shuffle(a);
    RandomStream(1, 2, 4).shuffle(b);
    CHECK(a != b);
    std::ranges::sort(a);
    std::vector<int> sorted(100);
    std::iota(sorted.begin(), sorted.end(), 0);
    CHECK(a == sorted);
}
