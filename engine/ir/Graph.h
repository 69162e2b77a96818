#pragma once
// The network as arithmetic: typed values and primitive operations, forward and (after differentiate) backward.
// Built once per network and mode; batch sizes are bound later, by the plan. Not thread-safe while being built.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/tensor/Shape.h"
#include "engine/tensor/Window.h"

namespace perceptory::ir {

using ValueId = int;
constexpr ValueId none = -1;

struct PrimitiveType;

enum class Role {
    Input,      // filled by the caller before a run
    Parameter,  // lives in the flat weights
    Constant,   // numbers written when the plan is built
    Result      // of an operation
};

struct Value {
    tensor::Shape shape;  // of one sample when batched, else of the whole value
    bool batched = false;
    Role role = Role::Result;
    std::string name;               // of an input; "node.weight" of a parameter; node id of a result
    std::int64_t offset = 0;        // Parameter: first element in the flat weights
    std::vector<double> numbers{};  // Constant
    int producer = -1;              // Result: index of the operation
};

struct Operation {
    const PrimitiveType* type = nullptr;
    std::vector<ValueId> inputs{};  // `none` for an optional input left out
    std::vector<ValueId> outputs{};
    std::array<double, 4> numbers{};  // meaning: the primitive's file
    std::array<std::int64_t, 4> integers{};
    tensor::Window window{};   // of convolutions and pools
    tensor::Shape reshaped{};  // the output's shape where no rule gives it
    std::string formula{};     // id of the shelf member whose formula this applies
    std::string node{};        // id of the network node it came from
};

class Graph {
public:
    ValueId input(const std::string& name, const tensor::Shape& shape);
    ValueId parameter(const std::string& name, const tensor::Shape& shape, std::int64_t offset);
    // The same for every sample; as many numbers as `shape` holds.
    ValueId constant(const tensor::Shape& shape, std::vector<double> numbers);

    // Appends an operation of the primitive called `id`; its shape rule makes the outputs. Returns the first output.
    ValueId add(const std::string& id, std::vector<ValueId> inputs, Operation details = {});

    // For passes that rewrite the graph: a value that some operation will make, and the new operations in order.
    ValueId addResult(Value value);
    void setOperations(std::vector<Operation> operations);

    const Value& value(ValueId id) const { return m_values[static_cast<std::size_t>(id)]; }
    Value& value(ValueId id) { return m_values[static_cast<std::size_t>(id)]; }
    const std::vector<Value>& values() const { return m_values; }
    const std::vector<Operation>& operations() const { return m_operations; }
    ValueId find(Role role, const std::string& name) const;  // `none` when absent

    // Operations emitted from now on carry this node id.
    void setNode(const std::string& node) { m_node = node; }

private:
    ValueId addValue(Value value);

    std::vector<Value> m_values;
    std::vector<Operation> m_operations;
    std::string m_node;
};

}  // namespace perceptory::ir
