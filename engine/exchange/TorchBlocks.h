#pragma once
// Which blocks of a network can be classes of their own in PyTorch, and what goes in and out of their copies.

#include <optional>
#include <utility>

#include "engine/network/Network.h"

namespace perceptory::exchange {

class TorchBlocks {
public:
    struct Copy {
        std::vector<std::size_t> nodes;    // indices in the network, in its order
        std::vector<std::size_t> entries;  // nodes outside that it reads, in the order in which it does
    };
    struct Block {
        std::string id;
        std::vector<Copy> copies;          // each reads the one before it alone
        std::vector<std::string> outputs;  // what those nodes are called inside that others read: the same in each copy
    };
    struct Inside {
        std::size_t block, copy;
    };

    // A block stays out whose copies are read from elsewhere than their end, or that padding runs through.
    TorchBlocks(const network::Network& network, const std::vector<network::BlockSpec>& specs);

    const std::vector<Block>& all() const { return m_blocks; }
    std::optional<Inside> copyOf(std::size_t node) const { return m_inside[node]; }
    // What a node is called where it stands: "conv" of "block1.0.conv".
    std::string innerName(std::size_t node) const;
    // The node of a copy that is called so inside.
    std::size_t nodeOf(const Copy& copy, const std::string& innerName) const;

private:
    std::optional<Block> blockOf(const network::BlockSpec& spec) const;
    bool connect(Block& block, const std::vector<std::ptrdiff_t>& copies) const;

    const network::Network& m_network;
    std::vector<Block> m_blocks;
    std::vector<std::optional<Inside>> m_inside;  // of each node
};

}  // namespace perceptory::exchange
