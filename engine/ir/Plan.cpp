#include "engine/ir/Plan.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "engine/base/Checked.h"
#include "engine/base/Text.h"
#include "engine/ir/Fusion.h"
#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

std::size_t at(ValueId id) { return static_cast<std::size_t>(id); }

Place matrixOf(const Value& value, std::int64_t batch) {
    const std::int64_t count = tensor::elementCount(value.shape);
    Place place;
    if (value.batched) {
        place.rows = batch;
        place.columns = count;
    } else {
        place.columns = value.shape.size() >= 2 ? value.shape.back() : count;
        place.rows = place.columns ? count / place.columns : 0;
    }
    place.stride = place.columns;
    return place;
}

struct Span {
    int first = std::numeric_limits<int>::max();
    int last = -1;
};

class Compiler {
public:
    Compiler(const Graph& graph, const PlanRequest& request) : m_graph(graph), m_request(request) {}

    Plan run() {
        markNeeded();
        findRoots();
        placeFixed();
        findLifetimes();
        shareInPlace();
        placeArena();
        emitSteps();
        return std::move(m_plan);
    }

private:
    void markNeeded() {
        m_runs = operationsThatRun(m_graph, m_request);
        m_needed.assign(m_graph.values().size(), false);
        for (const ValueId id : m_request.keep) m_needed[at(id)] = true;
        for (std::size_t i = 0; i < m_runs.size(); ++i)
            for (const ValueId input : m_graph.operations()[i].inputs)
                if (m_runs[i] && input != none) m_needed[at(input)] = true;
    }

    // An alias shares the memory of what it renames.
    void findRoots() {
        m_roots.resize(m_graph.values().size());
        for (std::size_t i = 0; i < m_roots.size(); ++i) m_roots[i] = static_cast<ValueId>(i);
        for (const Operation& operation : m_graph.operations())
            if (operation.type->alias) m_roots[at(operation.outputs[0])] = m_roots[at(operation.inputs[0])];
    }

    void placeFixed() {
        m_fixed.resize(m_roots.size());
        for (std::size_t i = 0; i < m_roots.size(); ++i) {
            const Value& value = m_graph.values()[i];
            if (value.role != Role::Parameter) continue;
            m_fixed[i] = matrixOf(value, m_request.batch);
            m_fixed[i]->region = Region::Weights;
            m_fixed[i]->offset = value.offset;
        }
        for (const auto& [id, offset] : m_request.gradients) {
            Place place = matrixOf(m_graph.value(id), m_request.batch);
            place.region = Region::Gradients;
            place.offset = offset;
            std::optional<Place>& fixed = m_fixed[at(m_roots[at(id)])];
            if (fixed)
                m_copies.emplace_back(id, place);  // one gradient of two parameters, or a parameter itself
            else
                fixed = place;
        }
    }

    void touch(ValueId id, int time) {
        Span& span = m_spans[at(m_roots[at(id)])];
        span.first = std::min(span.first, time);
        span.last = std::max(span.last, time);
    }

    void findLifetimes() {
        m_spans.resize(m_roots.size());
        const int end = static_cast<int>(m_graph.operations().size());
        for (int i = 0; i < end; ++i) {
            const Operation& operation = m_graph.operations()[static_cast<std::size_t>(i)];
            if (!m_runs[static_cast<std::size_t>(i)]) continue;
            for (const ValueId input : operation.inputs)
                if (input != none) touch(input, i);
            for (const ValueId output : operation.outputs) touch(output, i);
        }
        for (std::size_t i = 0; i < m_roots.size(); ++i) {
            const Role role = m_graph.values()[i].role;
            if (m_needed[i] && (role == Role::Input || role == Role::Constant)) {
                touch(static_cast<ValueId>(i), -1);
                touch(static_cast<ValueId>(i), end);
            }
        }
        for (const ValueId id : m_request.keep) touch(id, end);
        for (const auto& [id, place] : m_copies) touch(id, end);
    }

    // Rooms are rounded up, so that small values of other sizes have equal ones.
    bool haveOneSize(ValueId one, ValueId other) const {
        const Place a = matrixOf(m_graph.value(one), m_request.batch);
        const Place b = matrixOf(m_graph.value(other), m_request.batch);
        return a.rows == b.rows && a.columns == b.columns;
    }

    void shareInPlace() {
        const auto& operations = m_graph.operations();
        for (std::size_t i = 0; i < operations.size(); ++i)
            if (m_runs[i] && operations[i].type->inPlace) shareInPlace(operations[i], static_cast<int>(i));
    }

    void shareInPlace(const Operation& operation, int time) {
        const ValueId output = operation.outputs[0];
        if (m_roots[at(output)] != output || m_fixed[at(output)]) return;
        for (const ValueId input : operation.inputs) {
            if (input == none || !haveOneSize(input, output)) continue;
            const ValueId root = m_roots[at(input)];
            const bool free = m_graph.value(root).role == Role::Result && !m_fixed[at(root)] &&
                              m_spans[at(root)].last == time && room(root) == room(output);
            if (!free) continue;
            m_spans[at(root)].last = m_spans[at(output)].last;
            for (ValueId& each : m_roots)
                if (each == output) each = root;
            return;
        }
    }

    // Greedy: the largest value first, each at the lowest offset that is free during its life.
    void placeArena() {
        std::vector<ValueId> order;
        for (std::size_t i = 0; i < m_roots.size(); ++i)
            if (m_roots[i] == static_cast<ValueId>(i) && m_spans[i].last >= 0 && !m_fixed[i])
                order.push_back(static_cast<ValueId>(i));
        std::ranges::stable_sort(order, std::greater<>{}, [&](ValueId id) { return room(id); });
        std::vector<ValueId> placed;
        for (const ValueId id : order) {
            Place place = matrixOf(m_graph.value(id), m_request.batch);
            place.offset = freeOffset(id, placed);
            m_plan.arena =
                std::max(m_plan.arena, base::checkedAdd(place.offset, room(id), base::sentence("The working memory")));
            m_fixed[at(id)] = place;
            placed.push_back(id);
        }
    }

    std::int64_t room(ValueId id) const {
        const Place place = matrixOf(m_graph.value(id), m_request.batch);
        return (base::checkedMultiply(place.rows, place.stride, base::sentence("The working memory")) + 15) / 16 * 16;
    }

    std::int64_t freeOffset(ValueId id, const std::vector<ValueId>& placed) const {
        std::vector<std::pair<std::int64_t, std::int64_t>> taken;
        const Span& mine = m_spans[at(id)];
        for (const ValueId other : placed) {
            const Span& theirs = m_spans[at(other)];
            if (mine.first <= theirs.last && theirs.first <= mine.last)
                taken.emplace_back(m_fixed[at(other)]->offset, m_fixed[at(other)]->offset + room(other));
        }
        std::ranges::sort(taken);
        std::int64_t offset = 0;
        for (const auto& [begin, end] : taken) {
            if (offset + room(id) <= begin) break;
            offset = std::max(offset, end);
        }
        return offset;
    }

    Place placeOf(ValueId id) const {
        const Place& root = *m_fixed[at(m_roots[at(id)])];
        Place place = matrixOf(m_graph.value(id), m_request.batch);
        place.region = root.region;
        place.offset = root.offset;
        return place;
    }

    // What an operation without an estimate of its own costs: most move numbers, and moving one takes the time of some
    // dozen multiply-adds.
    static double moved(const PlanStep& step) {
        constexpr double workOfNumber = 32;
        std::int64_t numbers = 0;  // of the largest; sums read more than they write
        for (const auto* places : {&step.inputs, &step.outputs})
            for (const Place& place : *places) numbers = std::max(numbers, place.rows * place.columns);
        return workOfNumber * static_cast<double>(numbers);
    }

    void emitCopies() {
        for (const auto& [id, place] : m_copies) {
            Operation copy;
            copy.type = &primitive("reshape");
            copy.node = m_graph.value(id).name;
            m_plan.steps.push_back({copy, {placeOf(id)}, {place}, 0});
        }
    }

    void markLastWords() {
        const auto overlap = [](const Place& a, const Place& b) {
            return a.offset < b.offset + b.rows * b.stride && b.offset < a.offset + a.rows * a.stride;
        };
        std::vector<Place> readLater, writtenLater;
        for (std::size_t i = m_plan.steps.size(); i-- > 0;) {
            PlanStep& step = m_plan.steps[i];
            const Place& gradient = step.outputs[0];
            const auto touched = [&](const Place& place) { return overlap(gradient, place); };
            step.lastWord = gradient.region == Region::Gradients && std::ranges::none_of(readLater, touched) &&
                            std::ranges::none_of(writtenLater, touched);
            for (const Place& place : step.inputs)
                if (place.region != Region::Arena) readLater.push_back(place);
            for (const Place& place : step.outputs)
                if (place.region != Region::Arena) writtenLater.push_back(place);
        }
    }

    void emitSteps() {
        m_plan.batch = m_request.batch;
        for (std::size_t i = 0; i < m_runs.size(); ++i) {
            const Operation& operation = m_graph.operations()[i];
            if (!m_runs[i] || operation.type->alias) continue;
            PlanStep step{operation, {}, {}, 0};
            for (const ValueId input : operation.inputs)
                step.inputs.push_back(input == none ? Place{} : placeOf(input));
            for (const ValueId output : operation.outputs) step.outputs.push_back(placeOf(output));
            step.work = operation.type->work ? operation.type->work(m_graph, operation, m_request.batch) : moved(step);
            m_plan.steps.push_back(std::move(step));
        }
        emitCopies();
        markLastWords();
        for (std::size_t i = 0; i < m_roots.size(); ++i) {
            const Value& value = m_graph.values()[i];
            if (!m_needed[i]) continue;
            if (value.role == Role::Input) m_plan.places[static_cast<ValueId>(i)] = placeOf(static_cast<ValueId>(i));
            if (value.role == Role::Constant)
                m_plan.constants.emplace_back(placeOf(static_cast<ValueId>(i)), value.numbers);
        }
        for (const ValueId id : m_request.keep) m_plan.places[id] = placeOf(id);
    }

    const Graph& m_graph;
    const PlanRequest& m_request;
    Plan m_plan;
    std::vector<bool> m_needed, m_runs;
    std::vector<ValueId> m_roots;
    std::vector<std::optional<Place>> m_fixed;
    std::vector<std::pair<ValueId, Place>> m_copies;
    std::vector<Span> m_spans;
};

}  // namespace

std::vector<bool> operationsThatRun(const Graph& graph, const PlanRequest& request) {
    std::vector<bool> needed(graph.values().size(), false);
    for (const ValueId id : request.keep) needed[at(id)] = true;
    for (const auto& [id, offset] : request.gradients) needed[at(id)] = true;
    const auto& operations = graph.operations();
    std::vector<bool> runs(operations.size(), false);
    for (std::size_t i = operations.size(); i-- > 0;) {
        for (const ValueId output : operations[i].outputs) runs[i] = runs[i] || needed[at(output)];
        if (!runs[i]) continue;
        for (const ValueId input : operations[i].inputs)
            if (input != none) needed[at(input)] = true;
    }
    return runs;
}

Plan compilePlan(const Graph& graph, const PlanRequest& request) {
    if (request.kernels == Kernels::Parity) return Compiler(graph, request).run();
    const Graph fused = fuse(graph, request);
    return Compiler(fused, request).run();
}

}  // namespace perceptory::ir
