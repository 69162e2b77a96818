#pragma once
// A network as a module of PyTorch, in pieces of Python. Parts and values bear the names of the nodes, a block is a
// class of its own; images are [N, C, H, W].

#include <map>

#include "engine/ir/TorchCode.h"
#include "engine/network/Network.h"

namespace perceptory::exchange {

// Something that goes in or comes out.
struct TorchPort {
    std::string id;           // field of the data, or node
    std::string name;         // of the argument in Python; of an output its expression
    tensor::Shape shape;      // of one sample, as PyTorch has it
    tensor::Shape engine;     // as the engine has it
    std::string mask{};       // of an output of sequences: the field that is 0 where a step is padding; empty: none
    bool maskInside = false;  // what is 0 there is no field, but worked out inside
};

struct TorchModule {
    std::vector<std::string> definitions;  // functions and classes, each before those that use it
    std::vector<std::string> parts;        // lines of __init__
    std::vector<std::string> forward;      // lines of forward, without its return
    std::vector<TorchPort> inputs, outputs;
    std::map<std::string, std::string> paths;  // of each node with parts: "block1.0.conv"
    base::Problems differences;                // what the parts do otherwise while training: warnings, by node

    // Whether the module has a parameter, which it has not of a node that is bypassed; and its name there.
    bool has(const network::Parameter& parameter) const { return paths.contains(parameter.node); }
    std::string nameOf(const network::Parameter& parameter) const;
};

// Adds to `problems` every layer that cannot be expressed; the module is then of no use. `blocks`: the spec's.
TorchModule torchModule(const network::Network& network, const std::vector<network::BlockSpec>& blocks,
                        base::Problems& problems);

}  // namespace perceptory::exchange
