#pragma once
// New nodes in a project, and new names for old ones, inside the JSON of one edit.

#include <string>

#include "ui/document/commands/GraphJson.h"

namespace perceptory::document {

// With the default parameters, a free name and no connections; null when nobody knows the type.
base::Json freshNode(const base::Json& project, const std::string& type);

// The node reads what input number `input` of `to` read, and that input reads the node. Both must be there.
void putBefore(Nodes& nodes, base::Json node, const std::string& to, std::size_t input);

// The node reads `behind`, and the one layer that read it reads the node. Where several did, it begins a branch; where
// nobody did, losses that looked at `behind` look at the node.
void putBehind(base::Json& project, base::Json node, const std::string& behind);

// Connections, losses and stopping rules follow.
void renameNode(base::Json& project, const std::string& id, const std::string& newId);

}  // namespace perceptory::document
