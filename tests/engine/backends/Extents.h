#pragma once
// Whether kernels write what the shape rules of their operations declare: every element of their results, and nothing
// beside.

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>

#include "engine/backends/cpu/Executable.h"
#include "engine/ir/Primitive.h"

namespace perceptory::tests {

// One step of a plan in a memory of its own, with guards around what it writes.
class LoneStep {
public:
    LoneStep(const ir::PlanStep& step, const backends::KernelTable& table, backends::cpu::ThreadPool& pool)
        : m_step(step), m_double(table.elementSize == 8) {
        for (const auto* places : {&step.inputs, &step.outputs})
            for (const ir::Place& place : *places) m_guard = std::max(m_guard, place.rows * place.stride);
        for (ir::Place& place : m_step.inputs) lay(place);
        for (ir::Place& place : m_step.outputs) lay(place);
        ir::Plan plan{.arena = m_size, .steps = {m_step}};
        plan.places[memory] = {ir::Region::Arena, 0, 1, m_size, m_size, 0};
        m_executable.emplace(std::move(plan), table, backends::cpu::Memory{}, pool);
    }

    void check() {
        for (std::int64_t i = 0; i < m_size; ++i) set(i, untouched);
        for (const ir::Place& place : m_step.inputs)
            for (std::int64_t i = 0; i < place.rows * place.stride; ++i) set(place.offset + i, 0.25);
        m_executable->run({});
        std::int64_t outside = 0, missing = 0;
        for (std::int64_t i = 0; i < m_size; ++i) {
            const bool inside = contains(m_step.outputs, i);
            if (!inside && !contains(m_step.inputs, i)) outside += get(i) != untouched;
            if (inside) missing += get(i) == untouched;
        }
        CHECK(outside == 0);
        CHECK(missing == 0);
    }

private:
    static constexpr double untouched = 12345;
    static constexpr ir::ValueId memory = 0;

    void lay(ir::Place& place) {
        if (place.columns == 0) return;
        m_size += m_guard;
        place.region = ir::Region::Arena;
        place.offset = m_size;
        m_size += place.rows * place.stride + m_guard;
    }
    static bool contains(const std::vector<ir::Place>& places, std::int64_t i) {
        return std::ranges::any_of(places, [i](const ir::Place& place) {
            return place.columns > 0 && i >= place.offset && i < place.offset + place.rows * place.stride;
        });
    }
    void set(std::int64_t i, double value) {
        void* data = m_executable->view(memory).data;
        m_double ? static_cast<double*>(data)[i] = value : static_cast<float*>(data)[i] = static_cast<float>(value);
    }
    double get(std::int64_t i) {
        const void* data = m_executable->view(memory).data;
        return m_double ? static_cast<const double*>(data)[i] : double(static_cast<const float*>(data)[i]);
    }

    ir::PlanStep m_step;
    bool m_double;
    std::int64_t m_guard = 64, m_size = 0;
    std::optional<backends::cpu::Executable> m_executable;
};

inline void checkExtents(const ir::Plan& plan, const backends::KernelTable& table) {
    backends::cpu::ThreadPool pool(1);
    for (const ir::PlanStep& step : plan.steps) {
        CAPTURE(std::string(table.isa));
        CAPTURE(step.operation.type->id);
        CAPTURE(step.operation.formula);
        LoneStep(step, table, pool).check();
    }
}

}  // namespace perceptory::tests
