#pragma once
// Places in a project by name, as the command line's --set writes them: "training.batch_size",
// "network.nodes.h1.parameters.units". Nodes are addressed by id, entries of other lists by number.

#include <string>

#include "engine/base/Json.h"

namespace perceptory::document {

// Null when there is nothing.
base::Json valueAt(const base::Json& root, const std::string& path);

// Makes what is missing on the way; a choice written as a bare id ("sgd") becomes {"type": id} when its inside is set.
// Throws base::Error naming the path when a node or an entry does not exist or something on the way has no inside.
void setValueAt(base::Json& root, const std::string& path, const base::Json& value);

}  // namespace perceptory::document
