#pragma once
// Does the network fit together? All problems at once, each with node, reason and a fix.

#include "engine/layers/Layer.h"
#include "engine/network/NetworkSpec.h"

namespace perceptory::network {

struct NodeCheck {
    NodeSpec spec;
    const layers::LayerType* type = nullptr;
    std::vector<std::size_t> inputs;  // indices into NetworkCheck::nodes
    tensor::Shape output;
    std::vector<layers::WeightSpec> weights;
    std::int64_t parameters = 0;
};

struct NetworkCheck {
    base::Problems problems;
    std::vector<NodeCheck> nodes;  // sound nodes, every one behind its inputs
    std::size_t output = 0;        // index of the node nobody reads; valid when ok()
    std::int64_t parameters = 0;

    bool ok() const { return !base::hasError(problems); }
    const NodeCheck* find(const std::string& id) const;
};

// `input` is the shape of one sample of the data. Nodes behind a faulty one are left out of `nodes`.
NetworkCheck checkNetwork(const NetworkSpec& spec, const tensor::Shape& input);

}  // namespace perceptory::network
