#pragma once
// The function table of one instruction-set library: the boundary between the engine and code compiled with other
// machine flags. Plain structs and pointers only; nothing here owns memory, allocates, throws or locks.
//
// Kernels are templates over a value type, instantiated for float lanes in each instruction-set library and for double
// in the engine itself (gradient checks, goldens); memory travels as void*. Every output element is computed by one
// sequence of operations that depends on shapes alone, never on how the work is split, so results have equal bits for
// any number of threads.

#include <cstdint>

#include "engine/tensor/Window.h"

namespace perceptory::backends {

// A matrix in memory: rows × columns, `stride` elements from row to row.
struct MatrixView {
    void* data = nullptr;
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    std::int64_t stride = 0;
};

// Rows of weights that one thread works on at a time, in products, gradients and updates alike, so that they stay in
// its cache: whole tiles of every kernel library.
constexpr std::int64_t rowGrain = 24;

// Facts of the run that change from step to step.
struct RunState {
    std::uint64_t seed = 0;
    std::uint32_t step = 0;
};

// One bound primitive. `part` of `parts` is the share of one thread: kernels split rows or columns of their output.
struct KernelCall;
using KernelFunction = void (*)(const KernelCall& call, const RunState& state, int part, int parts);

struct KernelCall {
    KernelFunction run = nullptr;
    MatrixView in[6];
    MatrixView out[3];
    double numbers[4] = {};
    std::int64_t integers[4] = {};
    tensor::Window window;
};

// A primitive operation of engine/ir/primitives; the meaning of its arguments stands there.
struct PrimitiveKernel {
    const char* id;
    KernelFunction run;
};

// Shelf formulas, found by the id of the shelf member.
struct UnaryKernels {
    const char* id;
    KernelFunction forward;   // in: x; out: y; numbers[0] = p
    KernelFunction backward;  // in: x, y, dy; out: dx; numbers[0] = p
};

// Null functions: the loss is made of several operations, or has primitives of its own.
struct LossKernels {
    const char* id;
    KernelFunction forward;   // in: o, t; out: l, element by element; numbers[0] = p
    KernelFunction backward;  // in: o, t, dl; out: do; numbers[0] = p
};

struct PenaltyKernels {
    const char* id;
    // gradients[i] += derivative(weights[i]) for i < count (not when gradients is null). Returns the sum of the values,
    // added in blocks of 256.
    double (*apply)(const void* weights, void* gradients, std::int64_t count, double a, double b);
};

// State numbers per weight that an update rule may have.
constexpr int mostSlots = 3;

struct UpdateKernels {
    const char* id;
    // Slots a formula does not use may be null.
    void (*update)(void* weights, const void* gradients, void* const states[mostSlots], std::int64_t count,
                   const double numbers[8]);
};

// --- Tiny networks: a chain of dense layers up to 64 units wide, samples across 16 lanes (CPU-KERNELS.md §2). Float
// only.

constexpr int tinyLanes = 16;

struct TinyLayer {
    int inputs = 0, outputs = 0;          // units
    int firstInput = 0, firstOutput = 0;  // index of the first unit among all units (inputs of the net are 0 …)
    int weights = 0;                      // offset of W [inputs][outputs] in the flat parameters
    int bias = -1;                        // offset of b [outputs], or -1
    int activation = 0;                   // index in KernelTable::unary
    float p = 0;                          // the activation's number
};

struct TinyNet {
    const TinyLayer* layers = nullptr;
    int layerCount = 0;
    int units = 0;         // all units, inputs included
    int parameters = 0;    // length of the flat parameters
    int loss = -1;         // index in KernelTable::losses; -1, or one without kernels: softmax
                           // cross-entropy (targets: class index)
    float lossNumber = 0;  // the loss's p
};

struct TinyPenalty {
    int kernel = 0;  // index in KernelTable::penalties
    int offset = 0, count = 0;
    double a = 0, b = 0;
};

// `steps` updates over packed batches. A batch is `blocks` blocks of 16 samples; a block is inputs [F][16], targets
// [T][16] (T = outputs of the last layer, 1 for class indices), and factors [16] = sample weight / (sum of the batch's
// sample weights), 0 in empty lanes. The mean over T output elements is taken by the kernel.
struct TinyRun {
    const TinyNet* net = nullptr;
    void* weights = nullptr;
    void* gradients = nullptr;  // used only with penalties; without, updates happen as gradients arise
    void* states[mostSlots] = {};
    int update = 0;                   // index in KernelTable::updates
    const double* numbers = nullptr;  // [steps][8], as UpdateKernels wants them
    const TinyPenalty* penalties = nullptr;
    int penaltyCount = 0;
    const float* data = nullptr;
    int blocks = 1;
    int steps = 0;
    double* losses = nullptr;  // [steps], the data term of each step before its update
    void* scratch = nullptr;   // scratchFloats(net, blocks) floats, 64-byte aligned, after prepare()
};

// Forward pass of many samples. inputs: [F][stride], outputs: every unit behind the inputs, [units - F][stride];
// stride ≥ samples rounded up to 16.
struct TinyForward {
    const TinyNet* net = nullptr;
    const void* weights = nullptr;
    const float* inputs = nullptr;
    float* outputs = nullptr;
    std::int64_t samples = 0;
    std::int64_t stride = 0;
};

struct TinyKernels {
    std::int64_t (*scratchFloats)(const TinyNet& net, int blocks);
    // Fills scratch once for many runs of the same net with the same number of blocks.
    void (*prepare)(const TinyNet& net, int blocks, void* scratch);
    void (*train)(const TinyRun& run);
    void (*forward)(const TinyForward& job);
};

// --- The table

constexpr int kernelTableVersion = 4;

struct KernelTable {
    int version = kernelTableVersion;
    const char* isa = "";  // base, v3, v4; "double" for the engine's own
    int elementSize = 4;
    int lanes = 1;
    const PrimitiveKernel* primitives = nullptr;
    int primitiveCount = 0;
    const UnaryKernels* unary = nullptr;
    int unaryCount = 0;
    const LossKernels* losses = nullptr;
    int lossCount = 0;
    const PenaltyKernels* penalties = nullptr;
    int penaltyCount = 0;
    const UpdateKernels* updates = nullptr;
    int updateCount = 0;
    const TinyKernels* tiny = nullptr;  // null for double
};

}  // namespace perceptory::backends
