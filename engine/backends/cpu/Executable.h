#pragma once
// A plan bound to kernels and memory of the CPU. Building allocates; running does not.

#include <vector>

#include "engine/backends/Kernels.h"
#include "engine/backends/cpu/ThreadPool.h"
#include "engine/ir/Plan.h"
#include "engine/tensor/Buffer.h"

namespace perceptory::backends::cpu {

// The flat buffers a plan works on; they outlive the executable and must not be reallocated.
struct Memory {
    tensor::Buffer* weights = nullptr;
    tensor::Buffer* gradients = nullptr;  // may be null for plans without gradients
};

// What a network computes with. Both outlive whoever holds this.
struct Processor {
    const KernelTable& table;
    ThreadPool& pool;
    ir::Kernels kernels = ir::Kernels::Fast;
};

// Whoever changes weights while a plan still runs: called from any thread of the pool as soon as gradients
// [offset, offset + count) stand and neither they nor their weights are read again.
struct GradientTaker {
    void (*take)(void* context, std::int64_t offset, std::int64_t count) = nullptr;
    void* context = nullptr;
};

class Executable {
public:
    // Throws base::Error when a kernel is missing in the table.
    Executable(ir::Plan plan, const KernelTable& table, const Memory& memory, ThreadPool& pool);

    // Runs all steps. One thread at a time. Denormals are flushed to zero meanwhile.
    void run(const RunState& state) { run(state, {}); }
    // The same; gradients of earlyGradients() go to `taker` a few rows at a time, still in the cache.
    void run(const RunState& state, const GradientTaker& taker);

    // Offset and count of the gradients that are worth taking early: those of large dense layers whose weights nothing
    // reads afterwards.
    std::vector<std::pair<std::int64_t, std::int64_t>> earlyGradients() const;

    // As run, but stops behind the first operation that wrote a value that is not finite; returns its index in
    // plan().steps, or -1. For finding where a run diverged.
    int runUntilNonFinite(const RunState& state);

    // Memory of an input or a kept value; `columns` per row are contiguous at stride.
    MatrixView view(ir::ValueId value);
    const ir::Plan& plan() const { return m_plan; }
    ThreadPool& pool() { return m_pool; }

private:
    MatrixView bind(const ir::Place& place);

    ir::Plan m_plan;
    Memory m_memory;
    ThreadPool& m_pool;
    tensor::Buffer m_arena;
    struct Bound {
        KernelCall call;
        bool threaded = false;
        std::int64_t early = -1;  // offset of a gradient to be taken early
    };
    std::vector<Bound> m_calls;
};

// Sets flush-to-zero for denormal numbers on this thread while it lives; decayed tiny weights would cost a hundredfold.
class FlushDenormals {
public:
    FlushDenormals();
    ~FlushDenormals();
    FlushDenormals(const FlushDenormals&) = delete;
    FlushDenormals& operator=(const FlushDenormals&) = delete;

private:
    unsigned m_saved = 0;
};

}  // namespace perceptory::backends::cpu
