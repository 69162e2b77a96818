// How many multiply-adds a core can do: `benchmark_peak` prints billions of operations a second, best of five.

#include <immintrin.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace {

constexpr int chains = 12;  // enough to hide the latency of two units
constexpr int rounds = 20'000'000;

// The sums are printed by nobody, but the compiler must not know that.
volatile float sink;

__attribute__((target("avx512f"))) double operations512() {
    __m512 sums[chains], factor = _mm512_set1_ps(0.999f), addend = _mm512_set1_ps(0.001f);
    for (int i = 0; i < chains; ++i)
        sums[i] = _mm512_set1_ps(static_cast<float>(i));  // different, or they would be one
    for (int i = 0; i < rounds; ++i)
#pragma GCC unroll 12
        for (auto& sum : sums) sum = _mm512_fmadd_ps(sum, factor, addend);
    for (const auto& sum : sums) sink = _mm512_cvtss_f32(sum);
    return 2.0 * 16 * chains * rounds;
}

__attribute__((target("avx2,fma"))) double operations256() {
    __m256 sums[chains], factor = _mm256_set1_ps(0.999f), addend = _mm256_set1_ps(0.001f);
    for (int i = 0; i < chains; ++i)
        sums[i] = _mm256_set1_ps(static_cast<float>(i));  // different, or they would be one
    for (int i = 0; i < rounds; ++i)
#pragma GCC unroll 12
        for (auto& sum : sums) sum = _mm256_fmadd_ps(sum, factor, addend);
    for (const auto& sum : sums) sink = _mm256_cvtss_f32(sum);
    return 2.0 * 8 * chains * rounds;
}

double measured(double (*operations)()) {
    double best = 0;
    for (int i = 0; i < 5; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        const double done = operations();
        best = std::max(best, done / std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    return best / 1e9;
}

}  // namespace

int main() {
    double best = 0;
    if (__builtin_cpu_supports("avx512f")) best = measured(operations512);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) best = std::max(best, measured(operations256));
    if (best == 0) {
        std::fprintf(stderr, "benchmark_peak: this processor has no fused multiply-add.\n");
        return 1;
    }
    std::printf("%.1f\n", best);
}
