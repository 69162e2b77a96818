#pragma once
// The network as it is edited, so that no command on the graph has to know of blocks. Outside, each block of the file
// is one node among the others: as the file has it, with the type "block". Inside of an open block there are its
// layers, in front of them a node "in" of the type "block_input" that stands for what enters, and the outputs of the
// block stand where losses do, since they follow a layer as losses do.

#include "ui/document/commands/GraphJson.h"

namespace perceptory::document {

bool isBlock(const base::Json& node);
bool isEntry(const base::Json& node);

// Null when the project has no such block.
const base::Json* blockOf(const base::Json& project, const std::string& id);
bool hasBlocks(const base::Json& project);

// "network" and "training" of the project, as said above; `open`: the open block, empty: none.
base::Json graphOf(const base::Json& project, const std::string& open);
// What was changed in such a graph comes into the project. What read an output of the open block follows it, or reads
// it no longer.
void putGraph(base::Json& project, const std::string& open, const base::Json& graph);

// How many different inputs the layers of a block read: 2 when one reads "in:1".
std::size_t entriesOf(const base::Json& block);
std::vector<std::string> outputsOf(const base::Json& block);
std::int64_t repeatOf(const base::Json& block);

}  // namespace perceptory::document
