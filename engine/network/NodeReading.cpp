#include "engine/network/NodeReading.h"

#include "engine/base/Text.h"

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

}  // namespace

SourceText::SourceText(const std::string& text) {
    const std::size_t colon = text.find(':');
    node = text.substr(0, colon);
    if (colon != std::string::npos) port = text.substr(colon + 1);
}

void readConnections(const Json& json, const std::string& where, NodeSpec& node, Problems& problems) {
    readOptional(json, "id", node.id, where, aText, problems);
    readOptional(json, "inputs", node.inputs, where, aListOfIds, problems);
    node.ports.resize(node.inputs.size());
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        SourceText source(node.inputs[i]);
        node.inputs[i] = std::move(source.node);
        node.ports[i] = std::move(source.port);
    }
}

std::optional<NodeSpec> readNode(const Json& json, const std::string& where, Problems& problems) {
    if (!json.is_object()) {
        problems.push_back({where, Severity::Error, base::sentence("A node must be an object."),
                            base::sentence("Write {\"id\": …, \"type\": …}.")});
        return {};
    }
    NodeSpec node;
    readConnections(json, where, node, problems);
    readOptional(json, "type", node.type, where, aText, problems);
    readOptional(json, "trainable", node.trainable, where, aSwitch, problems);
    readOptional(json, "bypass", node.bypass, where, aSwitch, problems);
    readOptional(json, "learning_rate_factor", node.learningRateFactor, where, aNumber, problems);
    readRegularizer(json, "bias_regularizer", node.biasRegularizer, where, problems);
    readRegularizer(json, "activity_regularizer", node.activityRegularizer, where, problems);
    if (json.contains("parameters")) node.parameters = json["parameters"];
    if (node.type == "input") readInput(json, node, where, problems);
    return node;
}

}  // namespace perceptory::network
