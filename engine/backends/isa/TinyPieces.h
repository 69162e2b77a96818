#pragma once
// The parts of the executor for tiny networks that depend on a shelf formula. Every unit is a row of samples, lanes
// across; Tiny.cpp strings the parts together.

#include <cstdint>

#include "engine/backends/Kernels.h"
#include "engine/backends/isa/FloatLanes.h"
#include "engine/backends/isa/Updater.h"

namespace perceptory::backends::isa {

// One layer over groups · FloatLanes::size samples.
struct TinyForwardJob {
    const float* weights = nullptr;  // [inputs][outputs]
    const float* bias = nullptr;     // [outputs], or null
    int inputs = 0, outputs = 0;
    float p = 0;
    const float* in = nullptr;  // [inputs][stride]
    float* out = nullptr;       // [outputs][stride]
    float* slope = nullptr;     // derivative of the activation [outputs][stride]; not written by `forward`
    std::int64_t stride = tinyLanes;
    std::int64_t groups = tinyLanes / FloatLanes::size;
};

struct TinyUnary {
    void (*forward)(const TinyForwardJob& job);
    void (*forwardWithSlope)(const TinyForwardJob& job);
};

// Loss of one block of 16 samples and its derivative by what went into the last activation.
struct TinyLossJob {
    const float* outputs = nullptr;  // [count][16]
    const float* slope = nullptr;    // [count][16]
    const float* targets = nullptr;  // [count][16]
    const float* factors = nullptr;  // [16]
    float* d = nullptr;              // [count][16]
    int count = 0;
    float p = 0;  // the loss's number
};

struct TinyLoss {
    double (*run)(const TinyLossJob& job);  // returns the block's part of the loss
};

// Weight gradients of all blocks and the update, 16 samples of each block summed lane by lane.
struct TinyGradientJob {
    const float* a = nullptr;  // units of block 0
    const float* d = nullptr;  // error terms of block 0
    std::int64_t blockStride = 0;
    int blocks = 1;
    const std::int32_t* unitOf = nullptr;   // per parameter: where in a the unit it multiplies is
    const std::int32_t* errorOf = nullptr;  // per parameter: where in d the error term of its output is
    int parameters = 0;
};

struct TinyUpdateJob {
    TinyGradientJob gradient;
    float* weights = nullptr;
    void* const* slots = nullptr;
    const double* numbers = nullptr;
};

struct TinyUpdate {
    void (*run)(const TinyUpdateJob& job);
};

template <class F, int Outputs, bool WithSlope>
inline void forwardBlock(const TinyForwardJob& job, int o, std::int64_t sample) {
    using L = FloatLanes;
    L x[Outputs];
    for (int k = 0; k < Outputs; ++k) x[k] = job.bias ? L::all(job.bias[o + k]) : L(0);
    const float* weights = job.weights + o;
    const float* in = job.in + sample;
    for (int i = 0; i < job.inputs; ++i, weights += job.outputs, in += job.stride) {
        const L input = L::load(in);
        for (int k = 0; k < Outputs; ++k) x[k] = fma_(L::all(weights[k]), input, x[k]);
    }
    const L p = L::all(job.p);
    L y[Outputs];
    for (int k = 0; k < Outputs; ++k) y[k] = F::forward(x[k], p);
    for (int k = 0; k < Outputs; ++k) y[k].store(job.out + (o + k) * job.stride + sample);
    if constexpr (WithSlope)
        for (int k = 0; k < Outputs; ++k) F::derivative(x[k], y[k], p).store(job.slope + (o + k) * job.stride + sample);
}

template <class F, int Outputs, bool WithSlope>
inline void forwardGroups(const TinyForwardJob& job, int o) {
    for (std::int64_t g = 0; g < job.groups; ++g) forwardBlock<F, Outputs, WithSlope>(job, o, g * FloatLanes::size);
}

template <class F, bool WithSlope>
void forwardLayer(const TinyForwardJob& job) {
    int o = 0;
    for (; o + 8 <= job.outputs; o += 8) forwardGroups<F, 8, WithSlope>(job, o);
    if (job.outputs & 4) forwardGroups<F, 4, WithSlope>(job, o), o += 4;
    if (job.outputs & 2) forwardGroups<F, 2, WithSlope>(job, o), o += 2;
    if (job.outputs & 1) forwardGroups<F, 1, WithSlope>(job, o);
}

template <class F>
constexpr TinyUnary tinyUnary() {
    return {forwardLayer<F, false>, forwardLayer<F, true>};
}

template <class F>
double lossOfBlock(const TinyLossJob& job) {
    using L = FloatLanes;
    const float share = 1.0f / static_cast<float>(job.count);
    const L p = L::all(job.p);
    L total(0);
    for (int s = 0; s < tinyLanes; s += L::size) {
        const L factor = L::load(job.factors + s) * L::all(share);
        for (int k = 0; k < job.count; ++k) {
            const int at = k * tinyLanes + s;
            const L o = L::load(job.outputs + at), t = L::load(job.targets + at);
            // Empty lanes have factor 0; a choice, because what stands in them may not be finite.
            const L zero(0);
            total = total + where_(factor == zero, zero, factor * F::value(o, t, p));
            const L d = factor * F::derivative(o, t, p) * L::load(job.slope + at);
            where_(factor == zero, zero, d).store(job.d + at);
        }
    }
    return total.sum();
}

template <class F>
constexpr TinyLoss tinyLoss() {
    return {lossOfBlock<F>};
}

// Gradients of the parameters at … at+L::size-1.
inline FloatLanes gradientLanes(const TinyGradientJob& job, int at) {
    using L = FloatLanes;
    L products[L::size];
#pragma GCC unroll 16
    for (int j = 0; j < L::size; ++j) {
        const float* a = job.a + job.unitOf[at + j];
        const float* d = job.d + job.errorOf[at + j];
        products[j] = L::load(a) * L::load(d);
        for (int s = L::size; s < tinyLanes; s += L::size)
            products[j] = fma_(L::load(a + s), L::load(d + s), products[j]);
    }
    for (int block = 1; block < job.blocks; ++block) {
        const std::int64_t offset = block * job.blockStride;
#pragma GCC unroll 16
        for (int j = 0; j < L::size; ++j) {
            const float* a = job.a + job.unitOf[at + j] + offset;
            const float* d = job.d + job.errorOf[at + j] + offset;
            for (int s = 0; s < tinyLanes; s += L::size)
                products[j] = fma_(L::load(a + s), L::load(d + s), products[j]);
        }
    }
    return L::sums(products);
}

template <class F>
void updateTiny(const TinyUpdateJob& job) {
    const Updater<FloatLanes, F> updater(job.weights, job.slots, job.numbers);
    int p = 0;
    for (; p + FloatLanes::size <= job.gradient.parameters; p += FloatLanes::size)
        updater.update(p, gradientLanes(job.gradient, p));
    if (const int left = job.gradient.parameters - p; left > 0)
        updater.updatePart(p, gradientLanes(job.gradient, p), left);
}

template <class F>
constexpr TinyUpdate tinyUpdate() {
    return {updateTiny<F>};
}

}  // namespace perceptory::backends::isa
