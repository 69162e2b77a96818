#include "engine/ir/OnnxGraph.h"

#include <algorithm>
#include <functional>

namespace perceptory::ir {

void OnnxGraph::setNode(const std::string& node) {
    m_node = node;
    m_firstOwn = std::ssize(m_nodes);
}

std::string OnnxGraph::fresh(const std::string& name) {
    std::string free = name;
    for (int i = 1; !m_names.insert(free).second; ++i) free = name + "_" + std::to_string(i);
    return free;
}

std::string OnnxGraph::input(const std::string& name, tensor::Shape shape) {
    m_inputs.push_back({fresh(name), std::move(shape)});
    return m_inputs.back().name;
}

std::string OnnxGraph::add(const std::string& type, std::vector<std::string> inputs, OnnxAttributes attributes) {
    return addSeveral(type, 1, std::move(inputs), std::move(attributes)).front();
}

std::vector<std::string> OnnxGraph::addSeveral(const std::string& type, std::size_t outputs,
                                               std::vector<std::string> inputs, OnnxAttributes attributes) {
    const std::string name = fresh(m_node + "/" + type);
    std::vector<std::string> names{name};
    while (names.size() < outputs) names.push_back(fresh(name + "/" + std::to_string(names.size())));
    m_nodes.push_back({name, type, std::move(inputs), names, std::move(attributes)});
    return names;
}

std::string OnnxGraph::tensor(const std::string& name, tensor::Shape shape, std::vector<float> values) {
    m_tensors.push_back({fresh(name), std::move(shape), std::move(values)});
    return m_tensors.back().name;
}

std::string OnnxGraph::constant(tensor::Shape shape, std::vector<float> values) {
    return tensor(m_node + "/constant", std::move(shape), std::move(values));
}

std::string OnnxGraph::number(double value) {
    std::string& name = m_numbers[value];
    if (name.empty()) name = tensor("number", {}, {static_cast<float>(value)});
    return name;
}

std::string OnnxGraph::integers(std::vector<std::int64_t> values) {
    std::string& name = m_integers[values];
    if (!name.empty()) return name;
    name = fresh("integers");
    m_tensors.push_back({name, {static_cast<std::int64_t>(values.size())}, std::move(values)});
    return name;
}

bool OnnxGraph::isOwn(const std::string& value) const {
    const auto makes = [&](const OnnxNode& node) { return std::ranges::count(node.outputs, value) > 0; };
    return std::any_of(m_nodes.begin() + m_firstOwn, m_nodes.end(), makes);
}

std::string OnnxGraph::rename(const std::string& value, const std::string& wanted) {
    const std::string name = fresh(wanted);
    for (auto node = m_nodes.begin() + m_firstOwn; node != m_nodes.end(); ++node) {
        std::ranges::replace(node->inputs, value, name);
        std::ranges::replace(node->outputs, value, name);
    }
    return name;
}

void OnnxGraph::prune() {
    std::set<std::string> needed;
    for (const OnnxPort& port : m_outputs) needed.insert(port.name);
    const auto isNeeded = [&](const std::string& name) { return needed.contains(name); };
    std::vector<OnnxNode> kept;
    for (auto node = m_nodes.rbegin(); node != m_nodes.rend(); ++node) {
        if (std::ranges::none_of(node->outputs, isNeeded)) continue;
        needed.insert(node->inputs.begin(), node->inputs.end());
        // Operators with several outputs let those be left out that nobody reads.
        std::ranges::replace_if(node->outputs, std::not_fn(isNeeded), "");
        while (node->outputs.back().empty()) node->outputs.pop_back();
        kept.push_back(std::move(*node));
    }
    m_nodes.assign(std::make_move_iterator(kept.rbegin()), std::make_move_iterator(kept.rend()));
    std::erase_if(m_tensors, [&](const OnnxTensor& tensor) { return !isNeeded(tensor.name); });
}

}  // namespace perceptory::ir
