#include "engine/network/NetworkSpec.h"

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/network/NodeRules.h"

namespace perceptory::network {

using base::Json;
using base::Problems;
using base::Severity;

namespace {

// `kind` says what must stand there; it is asked only when something else does.
template <class T>
void readOptional(const Json& node, const char* key, T& into, const std::string& where, std::string (*kind)(),
                  Problems& problems) {
    const auto found = node.find(key);
    if (found == node.end()) return;
    try {
        into = found->get<T>();
    } catch (const Json::exception&) {
        problems.push_back({where + "." + key, Severity::Error, base::sentence("This must be {0}.", kind()),
                            base::sentence("Correct it in the file.")});
    }
}

std::string aText() { return base::sentence("a text"); }
std::string aNumber() { return base::sentence("a number"); }
std::string aSwitch() { return base::sentence("true or false"); }
std::string aListOfIds() { return base::sentence("a list of node ids"); }
std::string aListOfNumbers() { return base::sentence("a list of whole numbers"); }

void readRegularizer(const Json& json, const char* key, base::KindSpec& into, const std::string& where,
                     Problems& problems) {
    if (json.contains(key) && !json[key].is_null())
        into = base::KindSpec::fromJson(json[key], where + "." + key, problems);
}

// What says which data enters may stand in the node or among its parameters.
void readInput(const Json& json, NodeSpec& node, const std::string& where, Problems& problems) {
    const Json parameters = node.parameters;
    for (const Json* object : {&json, &parameters}) {
        if (!object->is_object()) continue;
        readOptional(*object, "field", node.field, where, aText, problems);
        readOptional(*object, "shape", node.shape, where, aListOfNumbers, problems);
    }
    if (!node.parameters.is_object()) return;
    node.parameters.erase("field");
    node.parameters.erase("shape");
}

NodeSpec readNode(const Json& json, const std::string& where, Problems& problems) {
    NodeSpec node;
    readOptional(json, "id", node.id, where, aText, problems);
    readOptional(json, "type", node.type, where, aText, problems);
    readOptional(json, "inputs", node.inputs, where, aListOfIds, problems);
    node.ports.resize(node.inputs.size());
    for (std::size_t i = 0; i < node.inputs.size(); ++i)
        if (const std::size_t colon = node.inputs[i].find(':'); colon != std::string::npos) {
            node.ports[i] = node.inputs[i].substr(colon + 1);
            node.inputs[i].resize(colon);
        }
    readOptional(json, "trainable", node.trainable, where, aSwitch, problems);
    readOptional(json, "bypass", node.bypass, where, aSwitch, problems);
    readOptional(json, "learning_rate_factor", node.learningRateFactor, where, aNumber, problems);
    readRegularizer(json, "bias_regularizer", node.biasRegularizer, where, problems);
    readRegularizer(json, "activity_regularizer", node.activityRegularizer, where, problems);
    if (json.contains("parameters")) node.parameters = json["parameters"];
    if (node.type == "input") readInput(json, node, where, problems);
    return node;
}

}  // namespace

NetworkSpec NetworkSpec::fromJson(const Json& json, Problems& problems) {
    NetworkSpec spec;
    if (!json.is_object() || !json.contains("nodes") || !json["nodes"].is_array()) {
        problems.push_back({"network", Severity::Error, base::sentence("The project has no list of nodes."),
                            base::sentence("Write \"network\": {\"nodes\": [...]}.")});
        return spec;
    }
    if (json.contains("blocks") && !json["blocks"].empty())
        problems.push_back({"network.blocks", Severity::Error,
                            base::sentence("This version cannot read repeated blocks."),
                            base::sentence("Write their nodes out.")});
    const Json& nodes = json["nodes"];
    if (nodes.size() > mostNodes) {
        problems.push_back({"network.nodes", Severity::Error, base::sentence("The network has more than 10,000 nodes."),
                            base::sentence("Use fewer layers.")});
        return spec;
    }
    spec.nodes.reserve(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const std::string where = "network.nodes[" + std::to_string(i) + "]";
        if (nodes[i].is_object())
            spec.nodes.push_back(readNode(nodes[i], where, problems));
        else
            problems.push_back({where, Severity::Error, base::sentence("A node must be an object."),
                                base::sentence("Write {\"id\": …, \"type\": …}.")});
    }
    return spec;
}

const NodeSpec* NetworkSpec::find(const std::string& id) const {
    const auto found = std::ranges::find(nodes, id, &NodeSpec::id);
    return found == nodes.end() ? nullptr : &*found;
}

}  // namespace perceptory::network
