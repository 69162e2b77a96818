#include "engine/backends/cpu/Executable.h"

#include <algorithm>
#include <cmath>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/ir/Primitive.h"

#if defined(__SSE__)
#    include <xmmintrin.h>
#endif

namespace perceptory::backends::cpu {

namespace {

// Handing work to threads that look for it costs about 1 µs; below some microseconds of work one thread is faster.
constexpr double threadedWork = 3e5;

template <class Row>
const Row* find(const Row* rows, int count, const std::string& id) {
    for (int i = 0; i < count; ++i)
        if (id == rows[i].id) return rows + i;
    return nullptr;
}

KernelFunction kernelFor(const KernelTable& table, const ir::Operation& operation) {
    const std::string& id = operation.type->id;
    if (id == "unary" || id == "unary_gradient") {
        if (const auto* row = find(table.unary, table.unaryCount, operation.formula))
            return id == "unary" ? row->forward : row->backward;
    } else if (id == "loss" || id == "loss_gradient") {
        if (const auto* row = find(table.losses, table.lossCount, operation.formula))
            return id == "loss" ? row->forward : row->backward;
    } else if (const auto* row = find(table.primitives, table.primitiveCount, id)) {
        return row->run;
    }
    throw base::Error(base::sentence(
        "The kernel library \"{0}\" has no kernel for {1} {2}. Reinstall the program, so that its parts fit together.",
        std::string(table.isa), id, operation.formula));
}

bool finite(const MatrixView& view, int elementSize) {
    for (std::int64_t row = 0; row < view.rows; ++row)
        for (std::int64_t column = 0; column < view.columns; ++column) {
            const std::int64_t index = row * view.stride + column;
            const double value = elementSize == 4 ? static_cast<const float*>(view.data)[index]
                                                  : static_cast<const double*>(view.data)[index];
            if (!std::isfinite(value)) return false;
        }
    return true;
}

struct Job {
    const KernelCall* call;
    const RunState* state;
};

// A gradient that fits the cache as a whole needs no hurry; and a right operand that does not would be read again for
// every few rows.
constexpr std::int64_t fewestEarly = 1 << 16, mostOnTheRight = 1 << 17;

bool isWorthTakingEarly(const ir::PlanStep& step) {
    if (!step.lastWord || step.operation.type->id != "matrix_product" || step.operation.integers[0] != 1) return false;
    const ir::Place &out = step.outputs[0], &left = step.inputs[0], &right = step.inputs[1];
    return out.rows * out.columns >= fewestEarly && out.stride == out.columns && left.columns == out.rows &&
           right.rows * right.columns <= mostOnTheRight;
}

struct EarlyJob {
    const KernelCall* call;
    const RunState* state;
    const GradientTaker* taker;
    std::int64_t offset, elementSize;
};

void runEarlyPart(const void* context, int part, int parts) {
    const EarlyJob& job = *static_cast<const EarlyJob*>(context);
    const FlushDenormals flush;
    const MatrixView &left = job.call->in[0], &out = job.call->out[0];
    const std::int64_t blocks = (out.rows + rowGrain - 1) / rowGrain;
    const std::int64_t end = std::min(out.rows, blocks * (part + 1) / parts * rowGrain);
    for (std::int64_t row = blocks * part / parts * rowGrain; row < end; row += rowGrain) {
        KernelCall few = *job.call;
        const std::int64_t rows = std::min(rowGrain, end - row);
        few.in[0] = {static_cast<std::byte*>(left.data) + row * job.elementSize, left.rows, rows, left.stride};
        few.out[0] = {static_cast<std::byte*>(out.data) + row * out.stride * job.elementSize, rows, out.columns,
                      out.stride};
        few.run(few, *job.state, 0, 1);
        job.taker->take(job.taker->context, job.offset + row * out.stride, rows * out.stride);
    }
}

void runPart(const void* context, int part, int parts) {
    const Job& job = *static_cast<const Job*>(context);
    const FlushDenormals flush;
    job.call->run(*job.call, *job.state, part, parts);
}

}  // namespace

FlushDenormals::FlushDenormals() {
#if defined(__SSE__)
    m_saved = _mm_getcsr();
    _mm_setcsr(m_saved | 0x8040u);
#endif
}

FlushDenormals::~FlushDenormals() {
#if defined(__SSE__)
    _mm_setcsr(m_saved);
#endif
}

Executable::Executable(ir::Plan plan, const KernelTable& table, const Memory& memory, ThreadPool& pool)
    : m_plan(std::move(plan)),
      m_memory(memory),
      m_pool(pool),
      m_arena(m_plan.arena, static_cast<tensor::Precision>(table.elementSize)) {
    for (const auto& [place, numbers] : m_plan.constants)
        for (std::size_t i = 0; i < numbers.size(); ++i)
            m_arena.set(place.offset + static_cast<std::int64_t>(i), numbers[i]);
    for (const ir::PlanStep& step : m_plan.steps) {
        Bound bound;
        bound.call.run = kernelFor(table, step.operation);
        for (std::size_t i = 0; i < step.inputs.size(); ++i) bound.call.in[i] = bind(step.inputs[i]);
        for (std::size_t i = 0; i < step.outputs.size(); ++i) bound.call.out[i] = bind(step.outputs[i]);
        std::ranges::copy(step.operation.numbers, bound.call.numbers);
        std::ranges::copy(step.operation.integers, bound.call.integers);
        bound.call.window = step.operation.window;
        bound.threaded = step.work >= threadedWork;
        if (isWorthTakingEarly(step)) bound.early = step.outputs[0].offset;
        m_calls.push_back(bound);
    }
}

MatrixView Executable::bind(const ir::Place& place) {
    if (place.columns == 0) return {};
    tensor::Buffer* buffer = place.region == ir::Region::Arena     ? &m_arena
                             : place.region == ir::Region::Weights ? m_memory.weights
                                                                   : m_memory.gradients;
    auto* start =
        static_cast<std::byte*>(buffer->data()) + place.offset * static_cast<std::int64_t>(buffer->precision());
    return {start, place.rows, place.columns, place.stride};
}

MatrixView Executable::view(ir::ValueId value) { return bind(m_plan.places.at(value)); }

std::vector<std::pair<std::int64_t, std::int64_t>> Executable::earlyGradients() const {
    std::vector<std::pair<std::int64_t, std::int64_t>> all;
    for (const Bound& bound : m_calls)
        if (bound.early >= 0) all.emplace_back(bound.early, bound.call.out[0].rows * bound.call.out[0].columns);
    return all;
}

void Executable::run(const RunState& state, const GradientTaker& taker) {
    const FlushDenormals flush;
    for (const Bound& bound : m_calls) {
        if (taker.take && bound.early >= 0) {
            const EarlyJob job{&bound.call, &state, &taker, bound.early,
                               static_cast<std::int64_t>(m_arena.precision())};
            m_pool.run(runEarlyPart, &job);
        } else if (bound.threaded) {
            const Job job{&bound.call, &state};
            m_pool.run(runPart, &job);
        } else {
            bound.call.run(bound.call, state, 0, 1);
        }
    }
}

int Executable::runUntilNonFinite(const RunState& state) {
    const FlushDenormals flush;
    const int elementSize = static_cast<int>(m_arena.precision());
    for (std::size_t i = 0; i < m_calls.size(); ++i) {
        const KernelCall& call = m_calls[i].call;
        call.run(call, state, 0, 1);
        for (const MatrixView& out : call.out)
            if (out.data && !finite(out, elementSize)) return static_cast<int>(i);
    }
    return -1;
}

}  // namespace perceptory::backends::cpu
