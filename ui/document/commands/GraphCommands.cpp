#include "ui/document/commands/GraphCommands.h"

#include <algorithm>

#include "engine/network/Blocks.h"
#include "engine/network/NodeRules.h"
#include "ui/document/commands/GraphJson.h"
#include "ui/document/commands/LayerRemoval.h"
#include "ui/document/commands/NodeMaking.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

constexpr std::size_t longestId = 100;

bool hasNode(const Document& document, const std::string& id) { return document.graphSpec().find(id); }

// Null when nobody knows the type.
Json newNode(const Document& document, const std::string& type, Place place) {
    Json node = freshNode(document.graph(), type);
    if (place && !node.is_null()) node["position"] = {place->x(), place->y()};
    return node;
}

QString addText(const Json& node) { return Words::tr("Add layer %1").arg(Words::layer(idOf(node))); }

std::string addAlone(Document& document, const Json& node) {
    if (node.is_null()) return {};
    document.editGraph(addText(node), [&](Json& project) { insertInOrder(madeNodesOf(project), {node}); });
    return idOf(node);
}

QString whyNotCall(const Document& document, const std::string& id, const std::string& newId) {
    if (!hasNode(document, id)) return Words::tr("There is no layer called \"%1\".").arg(Words::layer(id));
    if (id == network::blockEntry && !document.openBlock().empty())
        return Words::tr("\"in\" stands for what enters the block and keeps its name.");
    if (!network::isNodeId(newId))
        return Words::tr(
                   "\"%1\" cannot be the name of a layer. Use the letters a to z, digits, _ and -, beginning with a "
                   "letter.")
            .arg(Words::layer(newId));
    if (newId.size() > longestId) return Words::tr("The name is longer than 100 characters. Choose a shorter one.");
    if (hasNode(document, newId))
        return Words::tr("There is a layer called \"%1\" already. Choose another name.").arg(Words::layer(newId));
    if (!FreeIds(document.graph()).isFree(newId))
        return Words::tr("A connection or a loss names \"%1\" already, but no layer. Choose another name.")
            .arg(Words::layer(newId));
    return {};
}

}  // namespace

std::string addLayer(Document& document, const std::string& type, Place place) {
    return addAlone(document, newNode(document, type, place));
}

std::string appendLayer(Document& document, const std::string& type, const std::string& behind, Place place) {
    const Json node = newNode(document, type, place);
    if (node.is_null() || mostInputs(node) == 0 || !hasNode(document, behind)) return addAlone(document, node);
    document.editGraph(addText(node), [&](Json& project) { putBehind(project, node, behind); });
    return idOf(node);
}

std::string insertLayer(Document& document, const std::string& type, const Wire& wire, Place place) {
    const Json node = newNode(document, type, place);
    if (node.is_null() || mostInputs(node) == 0 || !hasWire(document.graph(), wire)) return {};
    document.editGraph(addText(node), [&](Json& project) { putBefore(*nodesOf(project), node, wire.to, wire.input); });
    return idOf(node);
}

void insertNode(Document& document, const std::string& id, const Wire& wire) {
    if (!hasWire(document.graph(), wire)) return;
    document.editGraph(Words::tr("Connect %1").arg(Words::layer(id)), [&](Json& project) {
        Nodes& nodes = *nodesOf(project);
        const Json* found = nodeOf(nodes, id);
        if (!found || mostInputs(*found) == 0 || !inputsOf(*found).empty() || isRead(nodes, id)) return;
        const Json node = *found;
        nodes.erase(std::ranges::find(nodes, id, idOf));
        putBefore(nodes, node, wire.to, wire.input);
    });
}

void removeLayers(Document& document, const Ids& ids, bool heal) {
    document.editGraph(Words::tr("Remove %1").arg(Words::layers(ids)), [&](Json& project) {
        takeOut(project, {ids.begin(), ids.end()}, heal);
    });
}

QString renameLayer(Document& document, const std::string& id, const std::string& newId) {
    if (id == newId) return {};
    const QString reason = whyNotCall(document, id, newId);
    if (!reason.isEmpty()) return reason;
    document.editGraph(Words::tr("Rename %1 to %2").arg(Words::layer(id), Words::layer(newId)),
                       [&](Json& project) { renameNode(project, id, newId); });
    return {};
}

}  // namespace perceptory::document
