#include "engine/network/Network.h"

#include <algorithm>

#include "engine/initializers/Initializer.h"
#include "engine/ir/Algebra.h"

namespace perceptory::network {

Network::Network(NetworkCheck check) : m_check(std::move(check)) {
    std::int64_t offset = 0;
    for (const NodeCheck& node : m_check.nodes)
        for (const layers::WeightSpec& weight : node.weights) {
            Parameter parameter{node.spec.id,
                                node.spec.id + "." + weight.name,
                                weight,
                                offset,
                                tensor::elementCount(weight.shape),
                                node.spec.trainable && !weight.state,
                                node.spec.learningRateFactor};
            if (weight.readsFeatures && !node.inputs.empty())
                parameter.image = flattenedImage(m_check.nodes[node.inputs.front()]);
            offset += parameter.count;
            m_parameters.push_back(std::move(parameter));
        }
}

tensor::Shape Network::flattenedImage(const NodeCheck& last) const {
    const NodeCheck* node = &last;
    while (node->inputs.size() == 1 && (node->spec.bypass || node->type->order != layers::ValueOrder::Mixed)) {
        const NodeCheck& before = m_check.nodes[node->inputs.front()];
        const bool flattened = !node->spec.bypass && node->type->order == layers::ValueOrder::Flattened;
        if (flattened && before.output.size() == 3) return before.output;
        node = &before;
    }
    return {};
}

std::int64_t Network::rowSize() const {
    std::int64_t sum = 0;
    for (const data::Field& field : m_check.fields) sum += field.size();
    return sum;
}

const Parameter* Network::parameter(const std::string& name) const {
    for (const Parameter& parameter : m_parameters)
        if (parameter.name == name) return &parameter;
    return nullptr;
}

// Lowers the nodes one after the other.
class Network::Lowerer {
public:
    Lowerer(const Network& network, bool training) : m_network(network), m_training(training) {
        for (const Parameter& parameter : network.m_parameters)
            m_lowered.parameters.push_back(
                m_lowered.graph.parameter(parameter.name, parameter.spec.shape, parameter.offset));
    }

    Lowered run() {
        for (const NodeCheck& node : m_network.nodes()) lower(node);
        m_lowered.output = m_outputs[m_network.m_check.output].at("");
        return std::move(m_lowered);
    }

private:
    std::vector<ir::ValueId> inputsOf(const NodeCheck& node) {
        std::vector<ir::ValueId> inputs;
        for (std::size_t i = 0; i < node.inputs.size(); ++i)
            inputs.push_back(m_outputs[node.inputs[i]].at(node.spec.port(i)));
        if (node.spec.type != "input") return inputs;
        return {inputOf(node)};
    }

    ir::ValueId inputOf(const NodeCheck& node) {
        ir::ValueId value = m_lowered.graph.find(ir::Role::Input, node.spec.field);
        RowInput entry;
        for (const data::Field& field : m_network.m_check.fields) {
            entry.count = field.size();
            if (field.name == node.spec.field && value == ir::none) {
                entry.value = value = m_lowered.graph.input(field.name, field.shape);
                if (m_lowered.inputs.empty()) m_lowered.input = value;
                m_lowered.inputs.push_back(entry);
            }
            entry.first += entry.count;
        }
        const bool asGiven = m_lowered.graph.value(value).shape == node.output;
        return asGiven ? value : ir::reshape(m_lowered.graph, value, node.output);
    }

    void lower(const NodeCheck& node) {
        m_lowered.graph.setNode(node.spec.id);
        const std::vector<ir::ValueId> inputs = inputsOf(node);
        const auto first = m_lowered.parameters.begin() + m_nextWeight;
        const std::vector<ir::ValueId> weights(first, first + std::ssize(node.weights));
        const base::ParamValues parameters(node.type->parameters, node.spec.parameters);
        layers::Lowering lowering{m_lowered.graph, node.spec.id,        inputs, weights, parameters,
                                  m_training,      !node.spec.trainable};
        for (const std::size_t input : node.inputs) lowering.inputMasks.push_back(m_masks[input]);
        if (!node.inputs.empty()) lowering.mask = lowering.inputMasks.front();
        lowering.ports[""] = node.spec.bypass && !inputs.empty() ? inputs.front() : node.type->lower(lowering);
        for (const auto& [weight, value] : lowering.updates)
            m_lowered.updates.emplace_back(m_nextWeight + (std::ranges::find(weights, weight) - weights.begin()),
                                           value);
        m_nextWeight += std::ssize(node.weights);
        const ir::ValueId mask = lowering.mask;
        const bool masked =
            mask != ir::none && node.output.size() == 2 && node.output[0] == m_lowered.graph.value(mask).shape[0];
        m_masks.push_back(masked ? mask : ir::none);
        if (masked) m_lowered.masks[node.spec.id] = mask;
        m_lowered.nodes[node.spec.id] = lowering.ports[""];
        m_outputs.push_back(std::move(lowering.ports));
    }

    const Network& m_network;
    const bool m_training;
    Lowered m_lowered;
    std::ptrdiff_t m_nextWeight = 0;
    std::vector<std::map<std::string, ir::ValueId>> m_outputs;  // of each node, by port
    std::vector<ir::ValueId> m_masks;                           // of each node
};

Lowered Network::lower(bool training) const { return Lowerer(*this, training).run(); }

void Network::initialise(std::uint64_t seed, tensor::Buffer& weights) const {
    for (const Parameter& parameter : m_parameters) {
        const base::KindSpec& choice = parameter.spec.initializer;
        const initializers::InitializerType& type = initializers::shelf().get(choice.type, parameter.name);
        const base::ParamValues values(type.parameters, choice.parameters);
        base::RandomStream random(seed, base::stableHash(parameter.name));
        std::int64_t place = parameter.offset;
        for (const double value :
             type.draw(values, {parameter.spec.shape, parameter.spec.fanIn, parameter.spec.fanOut}, random))
            weights.set(place++, value);
        if (!parameter.spec.zeroFirstRow) continue;
        for (std::int64_t i = 0; i < parameter.count / parameter.spec.shape.front(); ++i)
            weights.set(parameter.offset + i, 0);
    }
}

}  // namespace perceptory::network
