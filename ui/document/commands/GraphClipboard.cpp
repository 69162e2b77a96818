#include "ui/document/commands/GraphClipboard.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/base/Error.h"
#include "engine/network/NodeRules.h"
#include "ui/document/commands/BlockGraph.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;
using Ids = std::vector<std::string>;

namespace {

struct Incoming {
    std::string to;
    std::size_t input;
    Source from;
};

struct Excerpt {
    Nodes nodes;
    std::vector<Incoming> incoming;  // by rising number of the input
};

// Of the nodes that `ids` names. Their inputs from others are moved into `incoming`.
Excerpt excerptOf(const Nodes& nodes, const std::set<std::string>& ids) {
    std::set<std::string> chosen;
    for (const Json& node : nodes)
        if (ids.contains(idOf(node)) && !isEntry(node)) chosen.insert(idOf(node));
    Excerpt excerpt;
    std::set<std::string> open = chosen;  // each once, even in a file with namesakes
    for (const Json& node : nodes) {
        if (open.erase(idOf(node)) == 0) continue;
        const std::vector<Source> inputs = inputsOf(node);
        std::vector<Source> inside;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (chosen.contains(inputs[i].node))
                inside.push_back(inputs[i]);
            else
                excerpt.incoming.push_back({idOf(node), i, inputs[i]});
        }
        excerpt.nodes.push_back(node);
        if (node.contains("inputs")) setInputs(excerpt.nodes.back(), inside);
    }
    return excerpt;
}

Json jsonOf(const Excerpt& excerpt) {
    Json incoming = Json::array();
    for (const Incoming& wire : excerpt.incoming)
        incoming.push_back({{"to", wire.to}, {"input", wire.input}, {"from", wire.from.text()}});
    return {{"perceptory", "layers"}, {"nodes", excerpt.nodes}, {"incoming", incoming}};
}

bool isSoundBlock(Json block) {
    base::Problems problems;
    block["inputs"] = Json(std::max<std::size_t>(1, entriesOf(block)), "front");
    block["repeat"] = 1;
    const Json front{{"id", "front"}, {"type", "input"}};
    network::NetworkSpec::fromJson({{"nodes", Json::array({front})}, {"blocks", Json::array({block})}}, problems);
    return idOf(block) != "front" && problems.empty();
}

bool isSound(const Json& node) {
    if (isEntry(node) || (isBlock(node) && !isSoundBlock(node))) return false;
    return network::isNodeId(idOf(node)) && !textOf(node, "type").empty() &&
           (!node.contains("inputs") || (node["inputs"].is_array() && inputsOf(node).size() == node["inputs"].size()));
}

std::optional<Nodes> readNodes(const Json& json) {
    const Nodes* nodes = json.get_ptr<const Nodes*>();
    if (!nodes || nodes->empty() || !std::ranges::all_of(*nodes, isSound)) return {};
    std::set<std::string> ids;
    for (const Json& node : *nodes) ids.insert(idOf(node));
    if (ids.size() != nodes->size()) return {};
    Nodes inside = excerptOf(*nodes, ids).nodes;
    return hasCircle(inside) ? std::nullopt : std::optional(std::move(inside));
}

bool isIncoming(const Json& wire) {
    return !textOf(wire, "to").empty() && !textOf(wire, "from").empty() && wire.contains("input") &&
           wire["input"].is_number_unsigned();
}

std::optional<Excerpt> readExcerpt(const Json& json) {
    if (textOf(json, "perceptory") != "layers" || !json.contains("nodes")) return {};
    std::optional<Nodes> nodes = readNodes(json["nodes"]);
    const Json incoming = json.value("incoming", Json::array());
    if (!nodes || !incoming.is_array() || !std::ranges::all_of(incoming, isIncoming)) return {};
    Excerpt excerpt{std::move(*nodes), {}};
    for (const Json& wire : incoming)
        excerpt.incoming.push_back(
            {textOf(wire, "to"), wire["input"].get<std::size_t>(), Source::of(textOf(wire, "from"))});
    std::ranges::stable_sort(excerpt.incoming, {}, &Incoming::input);
    return excerpt;
}

std::optional<Excerpt> readText(const std::string& text) {
    try {
        // As deep inside of the list as it will be in the project, which has a limit.
        const Json json = base::parseJson("[" + text + "]", "clipboard");
        return json.size() == 1 ? readExcerpt(json[0]) : std::nullopt;
    } catch (const base::Error&) {
        return {};
    }
}

// Names that are free stay.
std::map<std::string, std::string> newNames(const Json& project, const Nodes& nodes) {
    FreeIds free(project);
    std::map<std::string, std::string> names;
    for (const Json& node : nodes)
        if (free.isFree(idOf(node))) names[idOf(node)] = free.take(idOf(node));
    for (const Json& node : nodes)
        if (!names.contains(idOf(node))) names[idOf(node)] = free.take(idOf(node));
    return names;
}

// Inputs that are not there any more leave no gap.
void attachIncoming(Excerpt& excerpt, const Json& project) {
    const Nodes* nodes = nodesOf(project);
    std::set<std::string> known;
    for (const Json& node : nodes ? *nodes : Nodes()) known.insert(idOf(node));
    std::map<std::string, Json*> copies;
    for (Json& node : excerpt.nodes) copies[idOf(node)] = &node;
    for (const Incoming& wire : excerpt.incoming) {
        if (!known.contains(wire.from.node) || !copies.contains(wire.to)) continue;
        std::vector<Source> inputs = inputsOf(*copies[wire.to]);
        const std::size_t place = std::min(wire.input, inputs.size());
        inputs.insert(inputs.begin() + static_cast<std::ptrdiff_t>(place), wire.from);
        setInputs(*copies[wire.to], inputs);
    }
}

void rename(Json& node, const std::map<std::string, std::string>& names) {
    node["id"] = names.at(idOf(node));
    std::vector<Source> inputs = inputsOf(node);
    if (inputs.empty()) return;
    for (Source& input : inputs) input.node = names.at(input.node);
    setInputs(node, inputs);
}

void shift(Json& node, const QPointF& offset) {
    const Json place = node.value("position", Json());
    if (!place.is_array() || place.size() != 2 || !place[0].is_number() || !place[1].is_number()) return;
    const double x = place[0].get<double>() + offset.x(), y = place[1].get<double>() + offset.y();
    if (std::isfinite(x) && std::isfinite(y)) node["position"] = {x, y};
}

// Returns the new ids.
Ids pasteInto(Json& project, Excerpt excerpt, bool keepInputs, const QPointF& offset) {
    Nodes& nodes = madeNodesOf(project);
    if (std::ranges::any_of(nodes, isEntry) && std::ranges::any_of(excerpt.nodes, isBlock)) return {};
    if (nodes.size() + excerpt.nodes.size() > network::mostNodes) return {};
    const std::map<std::string, std::string> names = newNames(project, excerpt.nodes);
    Ids ids;
    for (Json& node : excerpt.nodes) {
        rename(node, names);
        shift(node, offset);
        ids.push_back(idOf(node));
    }
    std::erase_if(excerpt.incoming, [&](const Incoming& wire) { return !keepInputs || !names.contains(wire.to); });
    for (Incoming& wire : excerpt.incoming) wire.to = names.at(wire.to);
    attachIncoming(excerpt, project);
    insertInOrder(nodes, excerpt.nodes);
    return ids;
}

}  // namespace

QString copyText(const Document& document, const Ids& ids) {
    const Nodes* nodes = nodesOf(document.graph());
    if (!nodes) return {};
    const Excerpt excerpt = excerptOf(*nodes, {ids.begin(), ids.end()});
    return excerpt.nodes.empty() ? QString() : QString::fromStdString(jsonOf(excerpt).dump(2));
}

Ids pasteText(Document& document, const QString& text, bool keepInputs, const QPointF& offset) {
    const std::optional<Excerpt> excerpt = readText(text.toStdString());
    if (!excerpt) return {};
    Json after = document.graph();
    const Ids made = pasteInto(after, *excerpt, keepInputs, offset);
    if (!made.empty())
        document.editGraph(Words::tr("Paste %1").arg(Words::layers(made)), [&](Json& project) { project = after; });
    return made;
}

Ids duplicateLayers(Document& document, const Ids& ids, const QPointF& offset) {
    Json after = document.graph();
    const Nodes* nodes = nodesOf(document.graph());
    if (!nodes) return {};
    const Excerpt excerpt = excerptOf(*nodes, {ids.begin(), ids.end()});
    const Ids made = pasteInto(after, excerpt, true, offset);
    if (!made.empty())
        document.editGraph(Words::tr("Duplicate %1").arg(Words::layers(ids)), [&](Json& project) { project = after; });
    return made;
}

}  // namespace perceptory::document
