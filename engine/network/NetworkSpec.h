#pragma once
// What the editor edits and the file stores: the `network` object of a project as plain values, no pointers.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/Params.h"

namespace perceptory::network {

struct NodeSpec {
    std::string id;                   // [A-Za-z_][A-Za-z0-9_.-]*
    std::string type;                 // id of a layer
    std::vector<std::string> inputs;  // ids of nodes
    base::Json parameters = base::Json::object();
    bool trainable = true;
    double learningRateFactor = 1;         // on the rate of all its weights
    base::KindSpec biasRegularizer{};      // type empty: none
    base::KindSpec activityRegularizer{};  // on what the node puts out; type empty: none
    bool bypass = false;                   // hands its input on unchanged
    std::string field = "x";               // of an input: which field of the data enters here
    std::vector<std::int64_t> shape{};  // of an input: how its values are taken, {H, W, C}; empty: as the data has them

    // Of each input: "indices" of "pool1:indices", empty for a node's main output. May be shorter than `inputs`.
    std::vector<std::string> ports{};

    std::string port(std::size_t input) const { return input < ports.size() ? ports[input] : ""; }
    bool operator==(const NodeSpec&) const = default;
};

struct NetworkSpec {
    std::vector<NodeSpec> nodes;

    // Reports wrong types at "network.nodes[i].key" and leaves such nodes out. Other keys stay in the file untouched.
    static NetworkSpec fromJson(const base::Json& json, base::Problems& problems);
    const NodeSpec* find(const std::string& id) const;

    bool operator==(const NetworkSpec&) const = default;
};

}  // namespace perceptory::network
