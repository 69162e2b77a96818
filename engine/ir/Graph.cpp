#include "engine/ir/Graph.h"

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

ValueId Graph::addValue(Value value) {
    m_values.push_back(std::move(value));
    return static_cast<ValueId>(m_values.size()) - 1;
}

ValueId Graph::input(const std::string& name, const tensor::Shape& shape) {
    return addValue({.shape = shape, .batched = true, .role = Role::Input, .name = name});
}

ValueId Graph::parameter(const std::string& name, const tensor::Shape& shape, std::int64_t offset) {
    return addValue({.shape = shape, .role = Role::Parameter, .name = name, .offset = offset});
}

ValueId Graph::constant(const tensor::Shape& shape, std::vector<double> numbers) {
    return addValue({.shape = shape, .role = Role::Constant, .numbers = std::move(numbers)});
}

ValueId Graph::add(const std::string& id, std::vector<ValueId> inputs, Operation details) {
    details.type = &primitive(id);
    details.inputs = std::move(inputs);
    details.node = m_node;
    for (Value& result : details.type->shapes(*this, details)) {
        result.role = Role::Result;
        result.name = m_node;
        result.producer = static_cast<int>(m_operations.size());
        details.outputs.push_back(addValue(std::move(result)));
    }
    m_operations.push_back(std::move(details));
    return m_operations.back().outputs.front();
}

ValueId Graph::addResult(Value value) {
    value.role = Role::Result;
    return addValue(std::move(value));
}

void Graph::setOperations(std::vector<Operation> operations) {
    m_operations = std::move(operations);
    for (std::size_t i = 0; i < m_operations.size(); ++i)
        for (const ValueId output : m_operations[i].outputs) value(output).producer = static_cast<int>(i);
}

ValueId Graph::find(Role role, const std::string& name) const {
    for (std::size_t i = 0; i < m_values.size(); ++i)
        if (m_values[i].role == role && m_values[i].name == name) return static_cast<ValueId>(i);
    return none;
}

}  // namespace perceptory::ir
