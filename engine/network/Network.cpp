#include "engine/network/Network.h"

#include "engine/initializers/Initializer.h"

namespace perceptory::network {

namespace {

// The image whose values the node puts out in a row, as a flatten made it and the layers since then kept it.
tensor::Shape flattenedImage(const NetworkCheck& check, const NodeCheck* node) {
    while (node->inputs.size() == 1 && (node->spec.bypass || node->type->order != layers::ValueOrder::Mixed)) {
        const NodeCheck& before = check.nodes[node->inputs.front()];
        const bool flattened = !node->spec.bypass && node->type->order == layers::ValueOrder::Flattened;
        if (flattened && before.output.size() == 3) return before.output;
        node = &before;
    }
    return {};
}

}  // namespace

Network::Network(NetworkCheck check) : m_check(std::move(check)) {
    std::int64_t offset = 0;
    for (const NodeCheck& node : m_check.nodes)
        for (const layers::WeightSpec& weight : node.weights) {
            Parameter parameter{node.spec.id,
                                node.spec.id + "." + weight.name,
                                weight,
                                offset,
                                tensor::elementCount(weight.shape),
                                node.spec.trainable,
                                node.spec.learningRateFactor};
            if (weight.readsFeatures && !node.inputs.empty())
                parameter.image = flattenedImage(m_check, &m_check.nodes[node.inputs.front()]);
            offset += parameter.count;
            m_parameters.push_back(std::move(parameter));
        }
}

const Parameter* Network::parameter(const std::string& name) const {
    for (const Parameter& parameter : m_parameters)
        if (parameter.name == name) return &parameter;
    return nullptr;
}

Lowered Network::lower(bool training) const {
    Lowered lowered;
    for (const Parameter& parameter : m_parameters)
        lowered.parameters.push_back(lowered.graph.parameter(parameter.name, parameter.spec.shape, parameter.offset));
    std::size_t nextWeight = 0;
    std::vector<ir::ValueId> values;
    for (const NodeCheck& node : m_check.nodes) {
        lowered.graph.setNode(node.spec.id);
        std::vector<ir::ValueId> inputs;
        for (const std::size_t input : node.inputs) inputs.push_back(values[input]);
        if (node.spec.type == "input") {
            if (lowered.input == ir::none) lowered.input = lowered.graph.input("x", node.output);
            inputs.push_back(lowered.input);
        }
        std::vector<ir::ValueId> weights;
        for (std::size_t i = 0; i < node.weights.size(); ++i) weights.push_back(lowered.parameters[nextWeight++]);
        const base::ParamValues parameters(node.type->parameters, node.spec.parameters);
        layers::Lowering lowering{lowered.graph, node.spec.id, inputs, weights, parameters, training};
        values.push_back(node.spec.bypass && !inputs.empty() ? inputs.front() : node.type->lower(lowering));
        lowered.nodes[node.spec.id] = values.back();
    }
    lowered.output = values[m_check.output];
    return lowered;
}

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
    }
}

}  // namespace perceptory::network
