#pragma once
// One machine register of floats: 16 (v4), 8 (v3), 4 (base) lanes, the register type being Eigen's packet. Arithmetic
// and comparisons are the compiler's vector operations; exp, log, sin, cos, tanh, erf are Eigen's.
//
// Errors against double: a few units in the last place over the whole range; exp is held between e^-88 and e^88 and
// never overflows. NaN goes through every function.

#include <Eigen/Core>
#include <cstdint>
#include <unsupported/Eigen/SpecialFunctions>

#if defined(__SSE2__)
#    include <immintrin.h>
#endif

namespace perceptory::backends::isa {

struct FloatLanes {
    using Real = float;
    using Register = Eigen::internal::packet_traits<float>::type;
    static constexpr int size = sizeof(Register) / sizeof(float);

#if defined(__AVX512F__)
    struct Mask {
        __mmask16 m;
    };
#else
    struct Mask {
        decltype(Register{} < Register{}) m;
    };
#endif

    Register v;

    FloatLanes() = default;
    explicit FloatLanes(double value) : v(Eigen::internal::pset1<Register>(static_cast<float>(value))) {}
    static FloatLanes of(Register v) {
        FloatLanes lanes;
        lanes.v = v;
        return lanes;
    }
    static FloatLanes all(float value) { return of(Eigen::internal::pset1<Register>(value)); }

    static FloatLanes load(const float* from) { return of(Eigen::internal::ploadu<Register>(from)); }
    void store(float* to) const { Eigen::internal::pstoreu(to, v); }

    // The first `count` lanes (0 < count ≤ size) from memory, the others `fill`; memory behind them is not touched.
    static FloatLanes loadPart(const float* from, std::int64_t count, float fill = 0);
    void storePart(float* to, std::int64_t count) const;

    float sum() const { return Eigen::internal::predux(v); }
    float largest() const { return Eigen::internal::predux_max(v); }

    // Lane i of the result is the sum over the lanes of rows[i].
    static FloatLanes sums(const FloatLanes (&rows)[size]);

    friend FloatLanes operator+(FloatLanes a, FloatLanes b) { return of(a.v + b.v); }
    friend FloatLanes operator-(FloatLanes a, FloatLanes b) { return of(a.v - b.v); }
    friend FloatLanes operator*(FloatLanes a, FloatLanes b) { return of(a.v * b.v); }
    friend FloatLanes operator/(FloatLanes a, FloatLanes b) { return of(a.v / b.v); }
    friend FloatLanes operator-(FloatLanes a) { return of(-a.v); }

#if defined(__AVX512F__)
    friend Mask operator<(FloatLanes a, FloatLanes b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LT_OQ)}; }
    friend Mask operator>(FloatLanes a, FloatLanes b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_GT_OQ)}; }
    friend Mask operator<=(FloatLanes a, FloatLanes b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LE_OQ)}; }
    friend Mask operator>=(FloatLanes a, FloatLanes b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_GE_OQ)}; }
    friend Mask operator==(FloatLanes a, FloatLanes b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_EQ_OQ)}; }
    friend FloatLanes where_(Mask condition, FloatLanes a, FloatLanes b) {
        return of(_mm512_mask_blend_ps(condition.m, b.v, a.v));
    }
    friend FloatLanes sqrt_(FloatLanes x) { return of(_mm512_sqrt_ps(x.v)); }
#else
    friend Mask operator<(FloatLanes a, FloatLanes b) { return {a.v < b.v}; }
    friend Mask operator>(FloatLanes a, FloatLanes b) { return {a.v > b.v}; }
    friend Mask operator<=(FloatLanes a, FloatLanes b) { return {a.v <= b.v}; }
    friend Mask operator>=(FloatLanes a, FloatLanes b) { return {a.v >= b.v}; }
    friend Mask operator==(FloatLanes a, FloatLanes b) { return {a.v == b.v}; }
    friend FloatLanes where_(Mask condition, FloatLanes a, FloatLanes b) { return of(condition.m ? a.v : b.v); }
    // Eigen's own square root is an approximation on these machines.
#    if defined(__AVX__)
    friend FloatLanes sqrt_(FloatLanes x) { return of(_mm256_sqrt_ps(x.v)); }
#    elif defined(__SSE2__)
    friend FloatLanes sqrt_(FloatLanes x) { return of(_mm_sqrt_ps(x.v)); }
#    else
    friend FloatLanes sqrt_(FloatLanes x) { return of(Eigen::internal::psqrt(x.v)); }
#    endif
#endif

    // a·b + c, in one rounding where the machine can, else in two.
    friend FloatLanes fma_(FloatLanes a, FloatLanes b, FloatLanes c) {
        return of(Eigen::internal::pmadd(a.v, b.v, c.v));
    }
    friend FloatLanes max_(FloatLanes a, FloatLanes b) { return where_(a > b, a, b); }
    friend FloatLanes min_(FloatLanes a, FloatLanes b) { return where_(a < b, a, b); }
    friend FloatLanes abs_(FloatLanes x) { return of(Eigen::internal::pabs(x.v)); }
    friend FloatLanes exp_(FloatLanes x) { return of(Eigen::internal::pexp(x.v)); }
    friend FloatLanes log_(FloatLanes x) { return of(Eigen::internal::plog(x.v)); }
    friend FloatLanes log1p_(FloatLanes x) { return of(Eigen::internal::generic_plog1p(x.v)); }
    friend FloatLanes expm1_(FloatLanes x) { return of(Eigen::internal::generic_expm1(x.v)); }
    friend FloatLanes sin_(FloatLanes x) { return of(Eigen::internal::psin(x.v)); }
    friend FloatLanes cos_(FloatLanes x) { return of(Eigen::internal::pcos(x.v)); }
    friend FloatLanes tanh_(FloatLanes x) { return of(Eigen::internal::generic_fast_tanh_float(x.v)); }
    friend FloatLanes erf_(FloatLanes x) { return of(Eigen::internal::generic_fast_erf_float(x.v)); }
    friend FloatLanes sigmoid_(FloatLanes x) { return FloatLanes(1) / (FloatLanes(1) + exp_(-x)); }
};

#if defined(__AVX512F__)

inline FloatLanes FloatLanes::loadPart(const float* from, std::int64_t count, float fill) {
    return of(_mm512_mask_loadu_ps(_mm512_set1_ps(fill), static_cast<__mmask16>((1u << count) - 1), from));
}

inline void FloatLanes::storePart(float* to, std::int64_t count) const {
    _mm512_mask_storeu_ps(to, static_cast<__mmask16>((1u << count) - 1), v);
}

// Adds neighbours: the first half of the result comes from a, the second from b. Four rounds leave the sums in order.
inline FloatLanes addPairs(FloatLanes a, FloatLanes b) {
    return FloatLanes::of(__builtin_shufflevector(a.v, b.v, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30) +
                          __builtin_shufflevector(a.v, b.v, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31));
}

#elif defined(__AVX__)

inline __m256i firstLanes(std::int64_t count) {
    alignas(32) static constexpr std::int32_t pattern[16] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(pattern + 8 - count));
}

inline FloatLanes FloatLanes::loadPart(const float* from, std::int64_t count, float fill) {
    const __m256i mask = firstLanes(count);
    return of(_mm256_blendv_ps(_mm256_set1_ps(fill), _mm256_maskload_ps(from, mask), _mm256_castsi256_ps(mask)));
}

inline void FloatLanes::storePart(float* to, std::int64_t count) const {
    _mm256_maskstore_ps(to, firstLanes(count), v);
}

#else

inline FloatLanes FloatLanes::loadPart(const float* from, std::int64_t count, float fill) {
    float buffer[size];
    for (int i = 0; i < size; ++i) buffer[i] = i < count ? from[i] : fill;
    return load(buffer);
}

inline void FloatLanes::storePart(float* to, std::int64_t count) const {
    float buffer[size];
    store(buffer);
    for (std::int64_t i = 0; i < count; ++i) to[i] = buffer[i];
}

#    if defined(__SSE2__)
inline FloatLanes addPairs(FloatLanes a, FloatLanes b) {
    return FloatLanes::of(_mm_shuffle_ps(a.v, b.v, _MM_SHUFFLE(2, 0, 2, 0)) +
                          _mm_shuffle_ps(a.v, b.v, _MM_SHUFFLE(3, 1, 3, 1)));
}
#    endif

#endif

inline FloatLanes FloatLanes::sums(const FloatLanes (&rows)[size]) {
#if defined(__AVX__) && !defined(__AVX512F__)
    // Pairs are added within each half of a register; the last step joins the halves.
    const __m256 low = _mm256_hadd_ps(_mm256_hadd_ps(rows[0].v, rows[1].v), _mm256_hadd_ps(rows[2].v, rows[3].v));
    const __m256 high = _mm256_hadd_ps(_mm256_hadd_ps(rows[4].v, rows[5].v), _mm256_hadd_ps(rows[6].v, rows[7].v));
    return of(_mm256_permute2f128_ps(low, high, 0x20) + _mm256_permute2f128_ps(low, high, 0x31));
#elif defined(__SSE2__)
    FloatLanes work[size];
    for (int i = 0; i < size; ++i) work[i] = rows[i];
#    pragma GCC unroll 4
    for (int left = size / 2; left > 0; left /= 2)
#    pragma GCC unroll 8
        for (int i = 0; i < left; ++i) work[i] = addPairs(work[2 * i], work[2 * i + 1]);
    return work[0];
#else
    float result[size];
    for (int i = 0; i < size; ++i) result[i] = rows[i].sum();
    return load(result);
#endif
}

}  // namespace perceptory::backends::isa
