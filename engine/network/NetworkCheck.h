#pragma once
// Does the network fit together? All problems at once, each with node, reason and a fix.

#include "engine/data/Field.h"
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
    std::vector<NodeCheck> nodes;      // sound nodes, every one behind its inputs
    std::vector<data::Field> fields;   // of a row of the data
    std::vector<std::size_t> outputs;  // indices of the nodes losses look at; one at least when ok()
    std::size_t output = 0;            // the first of them
    std::int64_t parameters = 0;

    bool ok() const { return !base::hasError(problems); }
    const NodeCheck* find(const std::string& id) const;
};

// What lies around a network.
struct Surroundings {
    std::vector<data::Field> fields;   // of a row of the data
    std::vector<std::string> outputs;  // ids of the nodes that losses name; empty: the one node nobody reads
};

// Nodes behind a faulty one are left out of `nodes`.
NetworkCheck checkNetwork(const NetworkSpec& spec, const Surroundings& around);
// For data with the field x alone, of the shape `input` for one sample.
NetworkCheck checkNetwork(const NetworkSpec& spec, const tensor::Shape& input);

}  // namespace perceptory::network
