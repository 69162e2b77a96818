#include "engine/exchange/TorchBlocks.h"

#include <algorithm>

namespace perceptory::exchange {

namespace {

template <class T>
void addOnce(std::vector<T>& list, const T& value) {
    if (std::ranges::count(list, value) == 0) list.push_back(value);
}

// "conv" of "block1.0.conv".
std::string behindSecondDot(const std::string& id) { return id.substr(id.find('.', id.find('.') + 1) + 1); }

}  // namespace

TorchBlocks::TorchBlocks(const network::Network& network, const std::vector<network::BlockSpec>& specs)
    : m_network(network), m_inside(network.nodes().size()) {
    for (const network::BlockSpec& spec : specs) {
        const std::optional<Block> block = blockOf(spec);
        if (!block) continue;
        for (std::size_t k = 0; k < block->copies.size(); ++k)
            for (const std::size_t node : block->copies[k].nodes) m_inside[node] = Inside{m_blocks.size(), k};
        m_blocks.push_back(*block);
    }
}

std::string TorchBlocks::innerName(std::size_t node) const {
    const std::string& id = m_network.nodes()[node].spec.id;
    return m_inside[node] ? behindSecondDot(id) : id;
}

std::size_t TorchBlocks::nodeOf(const Copy& copy, const std::string& innerName) const {
    return *std::ranges::find_if(
        copy.nodes, [&](std::size_t node) { return behindSecondDot(m_network.nodes()[node].spec.id) == innerName; });
}

std::optional<TorchBlocks::Block> TorchBlocks::blockOf(const network::BlockSpec& spec) const {
    Block block{spec.id, std::vector<Copy>(static_cast<std::size_t>(spec.repeat)), {}};
    if (spec.id.find('.') != std::string::npos) return {};
    std::vector<std::ptrdiff_t> copies(m_network.nodes().size(), -1);  // of each node; −1: stands outside
    for (int k = 0; k < spec.repeat; ++k)
        for (std::size_t i = 0; i < copies.size(); ++i)
            for (const std::string& inner : spec.nodes)
                if (m_network.nodes()[i].spec.id == spec.copyOf(inner, k)) {
                    copies[i] = k;
                    block.copies[static_cast<std::size_t>(k)].nodes.push_back(i);
                }
    if (!connect(block, copies)) return {};
    const auto masks = m_network.lower(false).masks;
    for (const Copy& copy : block.copies)
        for (const auto* nodes : {&copy.nodes, &copy.entries})
            for (const std::size_t node : *nodes)
                if (masks.contains(m_network.nodes()[node].spec.id)) return {};
    return block;
}

// Fills entries and outputs; false where a copy is read from elsewhere, or a port other than the main one is.
bool TorchBlocks::connect(Block& block, const std::vector<std::ptrdiff_t>& copies) const {
    const auto last = std::ssize(block.copies) - 1;
    const auto& nodes = m_network.nodes();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (copies[i] >= 0 && nodes[i].spec.type == "input") return false;
        for (std::size_t k = 0; k < nodes[i].inputs.size(); ++k) {
            const std::size_t from = nodes[i].inputs[k];
            if (copies[from] == copies[i]) continue;
            if (!nodes[i].spec.port(k).empty()) return false;
            if (copies[i] >= 0) addOnce(block.copies[static_cast<std::size_t>(copies[i])].entries, from);
            const bool behind = copies[i] < 0 ? copies[from] == last : copies[from] == copies[i] - 1;
            if (!behind) return false;
            if (copies[from] >= 0) addOnce(block.outputs, behindSecondDot(nodes[from].spec.id));
        }
    }
    for (const std::size_t output : m_network.outputs()) {
        if (copies[output] < 0) continue;
        if (copies[output] != last) return false;
        addOnce(block.outputs, behindSecondDot(nodes[output].spec.id));
    }
    const bool whole = std::ranges::all_of(block.copies, [](const Copy& copy) { return !copy.entries.empty(); });
    return whole && !block.outputs.empty();
}

}  // namespace perceptory::exchange
