#include "engine/network/NetworkSpec.h"

#include <algorithm>

namespace perceptory::network {

using base::Json;
using base::Problems;
using base::Severity;

namespace {

constexpr std::size_t mostNodes = 10'000;

template <class T>
void readOptional(const Json& node, const char* key, T& into, const std::string& where, const char* kind,
                  Problems& problems) {
    const auto found = node.find(key);
    if (found == node.end()) return;
    try {
        into = found->get<T>();
    } catch (const Json::exception&) {
        problems.push_back(
            {where + "." + key, Severity::Error, std::string("This must be ") + kind + ".", "Correct it in the file."});
    }
}

void warnUnsupported(const Json& node, const std::string& where, Problems& problems) {
    for (const char* key : {"bias_regularizer", "activity_regularizer", "learning_rate_factor"})
        if (node.contains(key))
            problems.push_back({where + "." + key, Severity::Warning, "This version does not use it.",
                                "The value is kept in the file; training goes on without it."});
}

NodeSpec readNode(const Json& json, const std::string& where, Problems& problems) {
    NodeSpec node;
    readOptional(json, "id", node.id, where, "a text", problems);
    readOptional(json, "type", node.type, where, "a text", problems);
    readOptional(json, "inputs", node.inputs, where, "a list of node ids", problems);
    readOptional(json, "trainable", node.trainable, where, "true or false", problems);
    readOptional(json, "bypass", node.bypass, where, "true or false", problems);
    if (json.contains("parameters")) node.parameters = json["parameters"];
    warnUnsupported(json, node.id.empty() ? where : node.id, problems);
    return node;
}

}  // namespace

NetworkSpec NetworkSpec::fromJson(const Json& json, Problems& problems) {
    NetworkSpec spec;
    if (!json.is_object() || !json.contains("nodes") || !json["nodes"].is_array()) {
        problems.push_back({"network", Severity::Error, "The project has no list of nodes.",
                            "Write \"network\": {\"nodes\": [...]}."});
        return spec;
    }
    if (json.contains("blocks") && !json["blocks"].empty())
        problems.push_back(
            {"network.blocks", Severity::Error, "This version cannot read repeated blocks.", "Write their nodes out."});
    const Json& nodes = json["nodes"];
    if (nodes.size() > mostNodes) {
        problems.push_back(
            {"network.nodes", Severity::Error, "The network has more than 10,000 nodes.", "Use fewer layers."});
        return spec;
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const std::string where = "network.nodes[" + std::to_string(i) + "]";
        if (nodes[i].is_object())
            spec.nodes.push_back(readNode(nodes[i], where, problems));
        else
            problems.push_back(
                {where, Severity::Error, "A node must be an object.", "Write {\"id\": …, \"type\": …}."});
    }
    return spec;
}

const NodeSpec* NetworkSpec::find(const std::string& id) const {
    const auto found = std::ranges::find(nodes, id, &NodeSpec::id);
    return found == nodes.end() ? nullptr : &*found;
}

}  // namespace perceptory::network
