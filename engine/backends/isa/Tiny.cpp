// The executor for tiny networks: nothing is specialised to a net; widths, offsets and formulas are read at run time.
//
// Scratch: per parameter two offsets (the unit it multiplies, the error term of its output), then for each block of 16
// samples the units A and a row of ones, the error terms D and a row of zeros, and the slopes of the activations.

#include <cmath>

#include "engine/backends/isa/Tables.h"

namespace perceptory::backends::isa {

namespace {

using L = FloatLanes;

std::int64_t paddedParameters(const TinyNet& net) { return (net.parameters + 15) / 16 * 16; }

struct Scratch {
    std::int32_t* unitOf;
    std::int32_t* errorOf;
    float* a;
    float* d;
    float* slope;
    std::int64_t blockStride;

    Scratch(const TinyNet& net, void* memory) {
        const std::int64_t rows = net.units + 1;
        unitOf = static_cast<std::int32_t*>(memory);
        errorOf = unitOf + paddedParameters(net);
        a = static_cast<float*>(memory) + 2 * paddedParameters(net);
        d = a + rows * tinyLanes;
        slope = d + rows * tinyLanes;
        blockStride = 3 * rows * tinyLanes;
    }
};

std::int64_t scratchFloats(const TinyNet& net, int blocks) {
    return 2 * paddedParameters(net) + 3 * std::int64_t{tinyLanes} * (net.units + 1) * blocks;
}

void pointParametersAtUnits(const TinyNet& net, const Scratch& s) {
    const std::int32_t nothing = net.units * tinyLanes;
    for (std::int64_t p = 0; p < paddedParameters(net); ++p) s.unitOf[p] = s.errorOf[p] = nothing;
    for (int l = 0; l < net.layerCount; ++l) {
        const TinyLayer& layer = net.layers[l];
        for (int o = 0; o < layer.outputs; ++o) {
            const std::int32_t error = (layer.firstOutput + o) * tinyLanes;
            for (int i = 0; i < layer.inputs; ++i) {
                s.unitOf[layer.weights + i * layer.outputs + o] = (layer.firstInput + i) * tinyLanes;
                s.errorOf[layer.weights + i * layer.outputs + o] = error;
            }
            if (layer.bias >= 0) s.errorOf[layer.bias + o] = error;
        }
    }
}

void prepare(const TinyNet& net, int blocks, void* scratch) {
    const Scratch s(net, scratch);
    pointParametersAtUnits(net, s);
    for (std::int64_t i = 0; i < s.blockStride * blocks; ++i) s.a[i] = 0;
    for (int block = 0; block < blocks; ++block)
        for (int lane = 0; lane < tinyLanes; ++lane) s.a[block * s.blockStride + net.units * tinyLanes + lane] = 1;
}

TinyForwardJob layerJob(const TinyLayer& layer, const float* weights) {
    TinyForwardJob job;
    job.weights = weights + layer.weights;
    job.bias = layer.bias >= 0 ? weights + layer.bias : nullptr;
    job.inputs = layer.inputs;
    job.outputs = layer.outputs;
    job.p = layer.p;
    return job;
}

// D of the layer's inputs from D of its outputs, `Inputs` of them from `i` on.
template <int Inputs>
inline void backwardBlock(const TinyLayer& layer, const float* weights, const float* dy, const float* slope, float* dx,
                          int i) {
    for (int s = 0; s < tinyLanes; s += L::size) {
        L sum[Inputs];
        for (int k = 0; k < Inputs; ++k) sum[k] = L(0);
        for (int o = 0; o < layer.outputs; ++o) {
            const L d = L::load(dy + o * tinyLanes + s);
            for (int k = 0; k < Inputs; ++k) sum[k] = fma_(L::all(weights[(i + k) * layer.outputs + o]), d, sum[k]);
        }
        for (int k = 0; k < Inputs; ++k) {
            const int at = (i + k) * tinyLanes + s;
            (sum[k] * L::load(slope + at)).store(dx + at);
        }
    }
}

void backwardLayer(const TinyLayer& layer, const float* allWeights, const Scratch& s, std::int64_t block) {
    const float* weights = allWeights + layer.weights;
    const float* dy = s.d + block + layer.firstOutput * tinyLanes;
    const float* slope = s.slope + block + layer.firstInput * tinyLanes;
    float* dx = s.d + block + layer.firstInput * tinyLanes;
    int i = 0;
    for (; i + 8 <= layer.inputs; i += 8) backwardBlock<8>(layer, weights, dy, slope, dx, i);
    if (layer.inputs & 4) backwardBlock<4>(layer, weights, dy, slope, dx, i), i += 4;
    if (layer.inputs & 2) backwardBlock<2>(layer, weights, dy, slope, dx, i), i += 2;
    if (layer.inputs & 1) backwardBlock<1>(layer, weights, dy, slope, dx, i);
}

// Softmax cross-entropy of a block; targets [1][16] are class indices.
double softmaxLoss(const TinyLossJob& job) {
    const L zero(0);
    L total(0);
    for (int s = 0; s < tinyLanes; s += L::size) {
        const L index = L::load(job.targets + s), factor = L::load(job.factors + s);
        L top = L::load(job.outputs + s), chosen = zero, sum = zero;
        for (int k = 1; k < job.count; ++k) top = max_(L::load(job.outputs + k * tinyLanes + s), top);
        for (int k = 0; k < job.count; ++k) {
            const L z = L::load(job.outputs + k * tinyLanes + s) - top;
            const L e = exp_(z);
            chosen = where_(index == L(k), z, chosen);
            sum = sum + e;
            e.store(job.d + k * tinyLanes + s);
        }
        total = total + where_(factor == zero, zero, factor * (log_(sum) - chosen));
        const L scale = L(1) / sum;
        for (int k = 0; k < job.count; ++k) {
            const int at = k * tinyLanes + s;
            const L hit = where_(index == L(k), L(1), zero);
            const L d = factor * (L::load(job.d + at) * scale - hit) * L::load(job.slope + at);
            where_(factor == zero, zero, d).store(job.d + at);
        }
    }
    return total.sum();
}

// What a run reads again and again.
struct Executor {
    const TinyRun& run;
    const TinyNet& net;
    Scratch scratch;
    const TinyUnary* unary = unaryTable().tiny;
    double (*loss)(const TinyLossJob& job);
    bool classIndices;
    int inputs, targets;

    explicit Executor(const TinyRun& r) : run(r), net(*r.net), scratch(*r.net, r.scratch) {
        loss = net.loss >= 0 ? lossTable().tiny[net.loss].run : nullptr;
        classIndices = loss == nullptr;
        if (classIndices) loss = softmaxLoss;
        inputs = net.layers[0].inputs;
        targets = classIndices ? 1 : net.layers[net.layerCount - 1].outputs;
    }

    std::int64_t blockFloats() const { return std::int64_t{inputs + targets + 1} * tinyLanes; }

    void forward(const float* data, std::int64_t block) const {
        float* a = scratch.a + block;
        for (int i = 0; i < inputs * tinyLanes; i += L::size) L::load(data + i).store(a + i);
        for (int l = 0; l < net.layerCount; ++l) {
            const TinyLayer& layer = net.layers[l];
            TinyForwardJob job = layerJob(layer, static_cast<const float*>(run.weights));
            job.in = a + layer.firstInput * tinyLanes;
            job.out = a + layer.firstOutput * tinyLanes;
            job.slope = scratch.slope + block + layer.firstOutput * tinyLanes;
            unary[layer.activation].forwardWithSlope(job);
        }
    }

    double lossAndError(const float* data, std::int64_t block) const {
        const TinyLayer& last = net.layers[net.layerCount - 1];
        TinyLossJob job;
        job.outputs = scratch.a + block + last.firstOutput * tinyLanes;
        job.slope = scratch.slope + block + last.firstOutput * tinyLanes;
        job.d = scratch.d + block + last.firstOutput * tinyLanes;
        job.targets = data + inputs * tinyLanes;
        job.factors = job.targets + targets * tinyLanes;
        job.count = last.outputs;
        job.p = net.lossNumber;
        return loss(job);
    }

    double forwardAndBackward(const float* data, std::int64_t block) const {
        forward(data, block);
        const double value = lossAndError(data, block);
        for (int l = net.layerCount - 1; l > 0; --l)
            backwardLayer(net.layers[l], static_cast<const float*>(run.weights), scratch, block);
        return value;
    }

    TinyGradientJob gradientJob() const {
        return {scratch.a, scratch.d, scratch.blockStride, run.blocks, scratch.unitOf, scratch.errorOf, net.parameters};
    }

    void updateFused(const double* numbers) const {
        TinyUpdateJob job;
        job.gradient = gradientJob();
        job.weights = static_cast<float*>(run.weights);
        job.slots = run.states;
        job.numbers = numbers;
        updateTable().tiny[run.update].run(job);
    }

    void updateWithPenalties(const double* numbers) const {
        const TinyGradientJob job = gradientJob();
        float* gradients = static_cast<float*>(run.gradients);
        for (int p = 0; p < net.parameters; p += L::size)
            gradientLanes(job, p).storePart(gradients + p, std::min<std::int64_t>(L::size, net.parameters - p));
        for (int i = 0; i < run.penaltyCount; ++i) {
            const TinyPenalty& penalty = run.penalties[i];
            penaltyTable().kernels[penalty.kernel].apply(static_cast<float*>(run.weights) + penalty.offset,
                                                         gradients + penalty.offset, penalty.count, penalty.a,
                                                         penalty.b);
        }
        updateTable().kernels[run.update].update(run.weights, gradients, run.states, net.parameters, numbers);
    }

    void step(int index) const {
        const float* data = run.data + index * run.blocks * blockFloats();
        double value = 0;
        for (int block = 0; block < run.blocks; ++block)
            value += forwardAndBackward(data + block * blockFloats(), block * scratch.blockStride);
        run.losses[index] = value;
        if (run.penaltyCount > 0)
            updateWithPenalties(run.numbers + 8 * index);
        else
            updateFused(run.numbers + 8 * index);
    }
};

void train(const TinyRun& run) {
    const Executor executor(run);
    for (int step = 0; step < run.steps; ++step) executor.step(step);
}

// Samples that go through all layers together, so that their units stay in the first-level cache.
constexpr std::int64_t forwardChunk = 256;

void forward(const TinyForward& job) {
    const TinyNet& net = *job.net;
    const int inputs = net.layers[0].inputs;
    const std::int64_t samples = (job.samples + tinyLanes - 1) / tinyLanes * tinyLanes;
    for (std::int64_t first = 0; first < samples; first += forwardChunk) {
        for (int l = 0; l < net.layerCount; ++l) {
            const TinyLayer& layer = net.layers[l];
            TinyForwardJob piece = layerJob(layer, static_cast<const float*>(job.weights));
            piece.in = (layer.firstInput < inputs ? job.inputs + layer.firstInput * job.stride
                                                  : job.outputs + (layer.firstInput - inputs) * job.stride) +
                       first;
            piece.out = job.outputs + (layer.firstOutput - inputs) * job.stride + first;
            piece.stride = job.stride;
            piece.groups = std::min(forwardChunk, samples - first) / L::size;
            unaryTable().tiny[layer.activation].forward(piece);
        }
    }
}

}  // namespace

const TinyKernels* tinyKernels() {
    static const TinyKernels result{scratchFloats, prepare, train, forward};
    return &result;
}

}  // namespace perceptory::backends::isa
