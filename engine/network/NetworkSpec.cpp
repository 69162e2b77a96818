#include "engine/network/NetworkSpec.h"

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/network/Blocks.h"
#include "engine/network/NodeReading.h"
#include "engine/network/NodeRules.h"

namespace perceptory::network {

using base::Json;
using base::Problems;
using base::Severity;

NetworkSpec NetworkSpec::fromJson(const Json& json, Problems& problems) {
    NetworkSpec spec;
    if (!json.is_object() || !json.contains("nodes") || !json["nodes"].is_array()) {
        problems.push_back({"network", Severity::Error, base::sentence("The project has no list of nodes."),
                            base::sentence("Write \"network\": {\"nodes\": [...]}.")});
        return spec;
    }
    const Json& nodes = json["nodes"];
    if (nodes.size() > mostNodes) {
        problems.push_back({"network.nodes", Severity::Error, base::sentence("The network has more than 10,000 nodes."),
                            base::sentence("Use fewer layers.")});
        return spec;
    }
    spec.nodes.reserve(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (auto node = readNode(nodes[i], "network.nodes[" + std::to_string(i) + "]", problems))
            spec.nodes.push_back(std::move(*node));
    if (json.contains("blocks")) expandBlocks(json["blocks"], spec, problems);
    return spec;
}

const NodeSpec* NetworkSpec::find(const std::string& id) const {
    const auto found = std::ranges::find(nodes, id, &NodeSpec::id);
    return found == nodes.end() ? nullptr : &*found;
}

const BlockSpec* NetworkSpec::findBlock(const std::string& id) const {
    const auto found = std::ranges::find(blocks, id, &BlockSpec::id);
    return found == blocks.end() ? nullptr : &*found;
}

std::string NetworkSpec::outputOf(const std::string& id) const {
    const BlockSpec* block = find(id) ? nullptr : findBlock(id);
    return block && !block->outputs.empty() ? block->outputs.front() : id;
}

std::optional<NetworkSpec::Inside> NetworkSpec::inside(const std::string& where) const {
    for (const BlockSpec& block : blocks) {
        if (!where.starts_with(block.id + ".")) continue;
        const std::string rest = where.substr(block.id.size() + 1);
        const std::size_t digits = rest.find_first_not_of("0123456789");
        if (digits == 0 || digits > 4 || rest[digits] != '.') continue;
        const Inside inside{&block, std::stoul(rest), rest.substr(digits + 1)};
        const bool isThere = std::ranges::any_of(block.nodes, [&](const std::string& node) {
            return inside.rest == node || inside.rest.starts_with(node + ".");
        });
        if (isThere) return inside;
    }
    return {};
}

}  // namespace perceptory::network
