#pragma once
// Blocks: nodes that a file has once and a network several times. Everything behind NetworkSpec::fromJson() sees plain
// nodes "block1.0.conv", "block1.1.conv" and so on, so it needs to know nothing of blocks.
//
//   {"id": "block1", "repeat": 4, "inputs": ["conv1"], "outputs": ["add"], "nodes": [{"id": "conv", …}, …]}
//
// Inside, "in" is what the block's first input reads, "in:1" the second. Copy k reads what copy k − 1 puts out.
// Outside, "block1" is the first of the outputs of the last copy, "block1:conv" the one that stands so among the
// outputs.

#include <span>

#include "engine/network/NetworkSpec.h"

namespace perceptory::network {

inline constexpr int mostRepeats = 1000;
inline constexpr const char* blockEntry = "in";  // the name inside for what enters

// Puts the copies among the nodes of `spec`, each block in front of the first that reads it, and connects them. Reports
// what is wrong at "network.blocks[i].key". What reads a faulty output names the block, which is no node.
void expandBlocks(const base::Json& blocks, NetworkSpec& spec, base::Problems& problems);

// What is wrong with each copy of a block stays of the first of them.
void tellOncePerBlock(const NetworkSpec& spec, base::Problems& problems);

// The order in which nodes and blocks stand, by number, blocks behind the nodes: nodes keep theirs, a block stands in
// front of the first that reads it, or where nobody does at the end. Of blocks, id and inputs are looked at.
std::vector<std::size_t> orderWithBlocks(std::span<const NodeSpec> nodes, std::span<const NodeSpec> blocks);

}  // namespace perceptory::network
