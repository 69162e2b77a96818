#pragma once
// What the editor edits and the file stores: the `network` object of a project as plain values, no pointers.

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
    double learningRateFactor = 1;     // on the rate of all its weights
    base::KindSpec biasRegularizer{};  // type empty: none
    bool bypass = false;               // hands its input on unchanged

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
