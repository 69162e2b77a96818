#pragma once
// Networks for the tests of exporters: of a list of nodes, of a sample of the shelf of layers.

#include <doctest/doctest.h>

#include <optional>

#include "engine/network/Network.h"

namespace perceptory::test {

// Nothing when the network is not sound.
inline std::optional<network::Network> soundNetwork(const base::Json& nodes, const std::vector<data::Field>& fields) {
    base::Problems problems;
    const network::NetworkSpec spec = network::NetworkSpec::fromJson({{"nodes", nodes}}, problems);
    network::NetworkCheck check = network::checkNetwork(spec, {fields, {}});
    if (!check.ok()) return {};
    return network::Network(std::move(check));
}

inline network::Network networkOf(const base::Json& nodes, const std::vector<data::Field>& fields) {
    std::optional<network::Network> network = soundNetwork(nodes, fields);
    REQUIRE(network.has_value());
    return std::move(*network);
}

// The layer alone between its inputs and the end.
inline std::optional<network::Network> networkOf(const layers::LayerType& type, const layers::LayerSample& sample) {
    base::Json nodes = base::Json::array(), inputs = base::Json::array();
    std::vector<data::Field> fields;
    for (std::size_t i = 0; i < sample.inputs.size(); ++i) {
        const std::string id = "x" + std::to_string(i);
        fields.push_back({id, sample.inputs[i]});
        nodes.push_back({{"id", "in" + id}, {"type", "input"}, {"field", id}});
        inputs.push_back("in" + id);
    }
    if (type.id != "input")
        nodes.push_back({{"id", "layer"}, {"type", type.id}, {"inputs", inputs}, {"parameters", sample.parameters}});
    return soundNetwork(nodes, fields);
}

inline tensor::Buffer firstWeights(const network::Network& network) {
    tensor::Buffer weights(
        network.parameters().empty() ? 0 : network.parameters().back().offset + network.parameters().back().count);
    network.initialise(7, weights);
    return weights;
}

}  // namespace perceptory::test
