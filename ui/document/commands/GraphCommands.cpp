#include "ui/document/commands/GraphCommands.h"

#include <algorithm>

#include "engine/layers/Layer.h"
#include "engine/network/NodeRules.h"
#include "ui/document/commands/GraphJson.h"
#include "ui/document/commands/LayerRemoval.h"
#include "ui/document/commands/LossOutputs.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

constexpr std::size_t longestId = 100;

bool hasNode(const Document& document, const std::string& id) { return document.spec().network.find(id); }

bool isHidden(const network::NodeSpec& node) {
    return node.type == "dense" && node.id.size() > 1 && node.id[0] == 'h' && node.id[1] >= '0' && node.id[1] <= '9';
}

// What a first layer of the type is called. Dense layers are h1, h2 where the project calls them so.
std::string wantedId(const Document& document, const std::string& type) {
    static const std::map<std::string, std::string> words{
        {"input", "in"},       {"conv1d", "conv1"},       {"conv2d", "conv1"}, {"max_pool", "pool1"},
        {"batch_norm", "bn1"}, {"average_pool", "pool1"}, {"flatten", "flat1"}};
    if (type == "dense" && std::ranges::any_of(document.spec().network.nodes, isHidden)) return "h1";
    const auto word = words.find(type);
    return word == words.end() ? type + "1" : word->second;
}

// Null when nobody knows the type.
Json newNode(const Document& document, const std::string& typeId, Place place) {
    const layers::LayerType* type = layers::shelf().find(typeId);
    if (!type) return nullptr;
    Json node{{"id", FreeIds(document.json()).take(wantedId(document, typeId))}, {"type", typeId}};
    if (type->maximumInputs > 0) node["inputs"] = Json::array();
    if (place) node["position"] = {place->x(), place->y()};
    return node;
}

QString addText(const Json& node) { return Words::tr("Add layer %1").arg(Words::layer(idOf(node))); }

std::string addAlone(Document& document, const Json& node) {
    if (node.is_null()) return {};
    document.edit(addText(node), [&](Json& project) { insertInOrder(madeNodesOf(project), {node}); });
    return idOf(node);
}

std::vector<Json*> readersOf(Nodes& nodes, const Source& source) {
    std::vector<Json*> readers;
    for (Json& node : nodes)
        if (std::ranges::count(inputsOf(node), source) > 0) readers.push_back(&node);
    return readers;
}

void appendIn(Json& project, Json node, const std::string& behind) {
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

void putOnWire(Nodes& nodes, Json node, const Wire& wire) {
    Json& end = *nodeOf(nodes, wire.to);
    std::vector<Source> inputs = inputsOf(end);
    inputs[wire.input] = {idOf(node), ""};
    setInputs(end, inputs);
    setInputs(node, {{wire.from, wire.port}});
    insertInOrder(nodes, {node});
}

QString whyNotCall(const Document& document, const std::string& id, const std::string& newId) {
    if (!hasNode(document, id)) return Words::tr("There is no layer called \"%1\".").arg(Words::layer(id));
    if (!network::isNodeId(newId))
        return Words::tr("\"%1\" cannot be the name of a layer. Use letters, digits, _ and -, beginning with a letter.")
            .arg(Words::layer(newId));
    if (newId.size() > longestId) return Words::tr("The name is longer than 100 characters. Choose a shorter one.");
    if (hasNode(document, newId))
        return Words::tr("There is a layer called \"%1\" already. Choose another name.").arg(Words::layer(newId));
    if (!FreeIds(document.json()).isFree(newId))
        return Words::tr("A connection or a loss names \"%1\" already, but no layer. Choose another name.")
            .arg(Words::layer(newId));
    return {};
}

void renameIn(Json& project, const std::string& id, const std::string& newId) {
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

}  // namespace

std::string addLayer(Document& document, const std::string& type, Place place) {
    return addAlone(document, newNode(document, type, place));
}

std::string appendLayer(Document& document, const std::string& type, const std::string& behind, Place place) {
    const Json node = newNode(document, type, place);
    if (node.is_null() || mostInputs(node) == 0 || !hasNode(document, behind)) return addAlone(document, node);
    document.edit(addText(node), [&](Json& project) { appendIn(project, node, behind); });
    return idOf(node);
}

std::string insertLayer(Document& document, const std::string& type, const Wire& wire, Place place) {
    const Json node = newNode(document, type, place);
    if (node.is_null() || mostInputs(node) == 0 || !hasWire(document.json(), wire)) return {};
    document.edit(addText(node), [&](Json& project) { putOnWire(*nodesOf(project), node, wire); });
    return idOf(node);
}

void insertNode(Document& document, const std::string& id, const Wire& wire) {
    if (!hasWire(document.json(), wire)) return;
    document.edit(Words::tr("Connect %1").arg(Words::layer(id)), [&](Json& project) {
        Nodes& nodes = *nodesOf(project);
        const Json* found = nodeOf(nodes, id);
        if (!found || mostInputs(*found) == 0 || !inputsOf(*found).empty() || isRead(nodes, id)) return;
        const Json node = *found;
        nodes.erase(std::ranges::find(nodes, id, idOf));
        putOnWire(nodes, node, wire);
    });
}

void removeLayers(Document& document, const Ids& ids, bool heal) {
    document.edit(Words::tr("Remove %1").arg(Words::layers(ids)), [&](Json& project) {
        takeOut(project, {ids.begin(), ids.end()}, heal);
    });
}

QString renameLayer(Document& document, const std::string& id, const std::string& newId) {
    if (id == newId) return {};
    const QString reason = whyNotCall(document, id, newId);
    if (!reason.isEmpty()) return reason;
    document.edit(Words::tr("Rename %1 to %2").arg(Words::layer(id), Words::layer(newId)),
                  [&](Json& project) { renameIn(project, id, newId); });
    return {};
}

}  // namespace perceptory::document
