#pragma once
// What the editor edits and the file stores: the `network` object of a project as plain values, no pointers.

#include <cstdint>
#include <optional>
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

// Nodes that the file has once and the network `repeat` times, each copy behind the one before it.
struct BlockSpec {
    std::string id;
    int repeat = 1;
    std::vector<std::string> nodes;    // what they are called inside: "conv" is the node "block1.0.conv" and so on
    std::vector<std::string> inputs;   // ids of the nodes that the first copy reads
    std::vector<std::string> outputs;  // ids of nodes of the last copy, the main one first

    std::string copyOf(const std::string& node, int copy) const { return id + "." + std::to_string(copy) + "." + node; }
    bool operator==(const BlockSpec&) const = default;
};

struct NetworkSpec {
    std::vector<NodeSpec> nodes;    // those of the blocks written out
    std::vector<BlockSpec> blocks;  // where these come from

    // Reports wrong types at "network.nodes[i].key" and leaves such nodes out. Other keys stay in the file untouched.
    static NetworkSpec fromJson(const base::Json& json, base::Problems& problems);
    const NodeSpec* find(const std::string& id) const;
    const BlockSpec* findBlock(const std::string& id) const;
    // Named by what cannot be connected with it; the reason was reported when it was read.
    bool isFaultyBlock(const std::string& id) const { return !find(id) && findBlock(id); }
    // The node a loss means by this name: of a block its main output.
    std::string outputOf(const std::string& id) const;

    // Of "block1.2.conv.units": block1, 2 and "conv.units". Nothing for other places.
    struct Inside {
        const BlockSpec* block;
        std::size_t copy;
        std::string rest;
    };
    std::optional<Inside> inside(const std::string& where) const;

    bool operator==(const NetworkSpec&) const = default;
};

}  // namespace perceptory::network
