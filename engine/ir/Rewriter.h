#pragma once
// A graph on its way to another one that computes the same: what the passes of engine/ir/Fusion.h share. Operations
// keep their indices until finish().

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>

#include "engine/ir/Plan.h"
#include "engine/ir/Primitive.h"

namespace perceptory::ir {

inline bool is(const Operation& operation, const char* id) { return operation.type->id == id; }

class Rewriter {
public:
    Rewriter(const Graph& graph, const PlanRequest& request) : m_graph(graph), m_operations(graph.operations()) {
        m_kept.insert(request.keep.begin(), request.keep.end());
        for (const auto& [value, offset] : request.gradients) m_kept.insert(value);
        const std::vector<bool> runs = operationsThatRun(graph, request);
        m_users.resize(graph.values().size());
        for (std::size_t i = 0; i < m_operations.size(); ++i)
            for (const ValueId input : m_operations[i].inputs)
                if (runs[i] && input != none) m_users[static_cast<std::size_t>(input)].push_back(static_cast<int>(i));
    }

    const Graph& graph() const { return m_graph; }
    int count() const { return static_cast<int>(m_operations.size()); }
    Operation& at(int index) { return m_operations[static_cast<std::size_t>(index)]; }
    // Operations that run and read the value, as the graph was at first.
    const std::vector<int>& users(ValueId value) const { return m_users[static_cast<std::size_t>(value)]; }
    int producer(ValueId value) const { return m_graph.value(value).producer; }
    bool isKept(ValueId value) const { return m_kept.contains(value); }

    // Nobody but these reads it.
    bool isOnlyFor(ValueId value, std::initializer_list<int> readers) const {
        return !isKept(value) && std::ranges::all_of(users(value), [&](int user) {
            return std::ranges::find(readers, user) != readers.end();
        });
    }

    // The first that reads the value; -1: there is none.
    int userOf(ValueId value, const char* id) {
        for (const int user : users(value))
            if (is(at(user), id)) return user;
        return -1;
    }

    Operation named(const char* id, const std::string& node) const {
        Operation operation;
        operation.type = &primitive(id);
        operation.node = node;
        return operation;
    }

    ValueId addResult(Value value) { return m_graph.addResult(std::move(value)); }
    // Gives the operation a new output, as its shape rule has it.
    void addOutputs(Operation& operation) {
        std::vector<Value> made = operation.type->shapes(m_graph, operation);
        for (std::size_t i = operation.outputs.size(); i < made.size(); ++i)
            operation.outputs.push_back(m_graph.addResult(std::move(made[i])));
    }

    void insertBefore(int index, Operation operation) { m_before[index].push_back(std::move(operation)); }
    void remove(int index) { m_removed.insert(index); }

    Graph finish() {
        std::vector<Operation> all;
        for (int i = 0; i < count(); ++i) {
            for (Operation& operation : m_before[i]) all.push_back(std::move(operation));
            if (!m_removed.contains(i)) all.push_back(std::move(at(i)));
        }
        m_graph.setOperations(std::move(all));
        return std::move(m_graph);
    }

private:
    Graph m_graph;
    std::vector<Operation> m_operations;
    std::set<ValueId> m_kept;
    std::vector<std::vector<int>> m_users;
    std::map<int, std::vector<Operation>> m_before;
    std::set<int> m_removed;
};

}  // namespace perceptory::ir
