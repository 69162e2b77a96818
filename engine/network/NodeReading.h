#pragma once
// A node as a project's file has it, in the network or in a block. Used by NetworkSpec::fromJson() alone.

#include <optional>

#include "engine/network/NetworkSpec.h"

namespace perceptory::network {

// What an input reads: "pool1:indices".
struct SourceText {
    std::string node, port;  // port empty: the main output
    explicit SourceText(const std::string& text);
};

// Reports wrong types at "WHERE.key"; nothing for what is no object.
std::optional<NodeSpec> readNode(const base::Json& json, const std::string& where, base::Problems& problems);

// What nodes and blocks have alike: "id" and "inputs".
void readConnections(const base::Json& json, const std::string& where, NodeSpec& node, base::Problems& problems);

}  // namespace perceptory::network
