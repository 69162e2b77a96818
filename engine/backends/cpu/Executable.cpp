#include "engine/backends/cpu/Executable.h"

#include <cmath>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/ir/Primitive.h"

#if defined(__SSE__)
#    include <xmmintrin.h>
#endif

namespace perceptory::backends::cpu {

namespace {

// Waking the other threads costs about 5 µs; below 30 µs of work one thread is faster.
constexpr double threadedWork = 1e6;

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

void Executable::run(const RunState& state) {
    const FlushDenormals flush;
    for (const Bound& bound : m_calls) {
        if (bound.threaded) {
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
