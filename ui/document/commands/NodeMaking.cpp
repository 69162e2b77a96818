#include "ui/document/commands/NodeMaking.h"

#include <algorithm>

#include "engine/layers/Layer.h"
#include "ui/document/commands/LossOutputs.h"

namespace perceptory::document {

using base::Json;

namespace {

bool isHidden(const Json& node) {
    const std::string id = idOf(node);
    return textOf(node, "type") == "dense" && id.size() > 1 && id[0] == 'h' && id[1] >= '0' && id[1] <= '9';
}

// What a first layer of the type is called. Dense layers are h1, h2 where the project calls them so.
std::string wantedId(const Json& project, const std::string& type) {
    static const std::map<std::string, std::string> words{
        {"input", "in"},       {"conv1d", "conv1"},       {"conv2d", "conv1"}, {"max_pool", "pool1"},
        {"batch_norm", "bn1"}, {"average_pool", "pool1"}, {"flatten", "flat1"}};
    const Nodes* nodes = nodesOf(project);
    if (type == "dense" && nodes && std::ranges::any_of(*nodes, isHidden)) return "h1";
    const auto word = words.find(type);
    return word == words.end() ? type + "1" : word->second;
}

std::vector<Json*> readersOf(Nodes& nodes, const Source& source) {
    std::vector<Json*> readers;
    for (Json& node : nodes)
        if (std::ranges::count(inputsOf(node), source) > 0) readers.push_back(&node);
    return readers;
}

}  // namespace

Json freshNode(const Json& project, const std::string& typeId) {
    const layers::LayerType* type = layers::shelf().find(typeId);
    if (!type) return nullptr;
    Json node{{"id", FreeIds(project).take(wantedId(project, typeId))}, {"type", typeId}};
    if (type->maximumInputs > 0) node["inputs"] = Json::array();
    return node;
}

void putBefore(Nodes& nodes, Json node, const std::string& to, std::size_t input) {
    Json& end = *nodeOf(nodes, to);
    std::vector<Source> inputs = inputsOf(end);
    setInputs(node, {inputs[input]});
    inputs[input] = {idOf(node), ""};
    setInputs(end, inputs);
    insertInOrder(nodes, {node});
}

void putBehind(Json& project, Json node, const std::string& behind) {
    Nodes& nodes = madeNodesOf(project);
    const Source source{behind, ""}, fresh{idOf(node), ""};
    setInputs(node, {source});
    if (!isRead(nodes, behind)) moveLosses(project, behind, fresh.node);
    if (const std::vector<Json*> readers = readersOf(nodes, source); readers.size() == 1) {
        std::vector<Source> inputs = inputsOf(*readers[0]);
        std::ranges::replace(inputs, source, fresh);
        setInputs(*readers[0], inputs);
    }
    insertInOrder(nodes, {node});
}

void renameNode(Json& project, const std::string& id, const std::string& newId) {
    for (Json& node : madeNodesOf(project)) {
        if (idOf(node) == id) node["id"] = newId;
        std::vector<Source> inputs = inputsOf(node);
        if (std::ranges::count(inputs, id, &Source::node) == 0) continue;
        for (Source& input : inputs)
            if (input.node == id) input.node = newId;
        setInputs(node, inputs);
    }
    moveLosses(project, id, newId);
}

}  // namespace perceptory::document
