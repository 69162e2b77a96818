#include "ui/document/commands/LayerValues.h"

#include <algorithm>
#include <cmath>

#include "engine/layers/Layer.h"
#include "engine/network/NodeParams.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/BlockGraph.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;
using Ids = std::vector<std::string>;

namespace {

constexpr int longestNote = 10'000;

void forEach(Json& project, const Ids& ids, const std::function<void(Json&)>& change) {
    const std::set<std::string> chosen(ids.begin(), ids.end());
    Nodes* nodes = nodesOf(project);
    if (!nodes) return;
    for (Json& node : *nodes)
        if (chosen.contains(idOf(node))) change(node);
}

struct Switch {
    const char* key;
    bool fallback;  // where the file says nothing
};

// Where data enter there is nothing to switch.
void setSwitch(Json& node, const Switch& which, bool value) {
    if (!node.is_object() || textOf(node, "type") == "input" || isEntry(node)) return;
    if (value != which.fallback)
        node[which.key] = value;
    else if (node.contains(which.key) && node[which.key] != value)
        node.erase(which.key);
}

// Of layers, and of all those in a block.
void setSwitch(Json& project, const Ids& ids, const Switch& which, bool value) {
    forEach(project, ids, [&](Json& node) {
        if (!isBlock(node)) return setSwitch(node, which, value);
        for (Json& inside : node["nodes"]) setSwitch(inside, which, value);
    });
}

void setParameter(Json& node, const std::string& parameter, const Json& value) {
    Json& parameters = node["parameters"];
    if (!parameters.is_object()) parameters = Json::object();
    parameters[parameter] = value;
}

const base::ParamType* parameterOf(const Json& node, const std::string& parameter) {
    const layers::LayerType* type = layers::shelf().find(textOf(node, "type"));
    return type ? type->parameter(parameter) : nullptr;
}

}  // namespace

void setBypass(Document& document, const Ids& ids, bool bypass) {
    const QString text = bypass ? Words::tr("Bypass %1") : Words::tr("Use %1 again");
    document.editGraph(text.arg(Words::layers(ids)), [&](Json& project) {
        setSwitch(project, ids, {"bypass", false}, bypass);
    });
}

void setTrainable(Document& document, const Ids& ids, bool trainable) {
    const QString text = trainable ? Words::tr("Train %1 again") : Words::tr("Freeze %1");
    document.editGraph(text.arg(Words::layers(ids)), [&](Json& project) {
        setSwitch(project, ids, {"trainable", true}, trainable);
    });
}

void setNote(Document& document, const std::string& id, const QString& note, const QString& mergeKey) {
    const auto change = [&](Json& node) {
        if (note.isEmpty())
            node.erase("note");
        else
            node["note"] = note.left(longestNote).toStdString();
    };
    document.editGraph(
        Words::tr("Set note of %1").arg(Words::layer(id)), [&](Json& project) { forEach(project, {id}, change); },
        mergeKey);
}

void moveLayers(Document& document, const std::map<std::string, QPointF>& places, const QString& mergeKey) {
    Ids ids;
    for (const auto& [id, place] : places)
        if (std::isfinite(place.x()) && std::isfinite(place.y())) ids.push_back(id);
    const auto move = [&](Json& node) {
        const QPointF place = places.at(idOf(node));
        node["position"] = {place.x(), place.y()};
    };
    document.editGraph(
        Words::tr("Move %1").arg(Words::layers(ids)), [&](Json& project) { forEach(project, ids, move); }, mergeKey);
}

void setNodeValueOfMany(Document& document, const Ids& ids, const std::string& key, const Json& value) {
    const auto& params = network::nodeParams();
    const auto param = std::ranges::find(params, key, &base::ParamType::id);
    if (param == params.end()) return;
    const auto set = [&](Json& node) {
        if (textOf(node, "type") == "input") return;
        if (value != param->fallback)
            node[key] = value;
        else if (node.contains(key))
            node.erase(key);
    };
    document.editGraph(Words::tr("Set %1 of %2").arg(shelfText(param->label), Words::layers(ids)),
                       [&](Json& project) { forEach(project, ids, set); });
}

void setParameterOfMany(Document& document, const Ids& ids, const std::string& parameter, const Json& value,
                        const QString& mergeKey) {
    QString label;
    Json after = document.graph();
    forEach(after, ids, [&](Json& node) {
        const base::ParamType* known = parameterOf(node, parameter);
        if (!known) return;
        label = shelfText(known->label);
        setParameter(node, parameter, value);
    });
    document.editGraph(
        Words::tr("Set %1 of %2").arg(label, Words::layers(ids)), [&](Json& project) { project = after; }, mergeKey);
}

}  // namespace perceptory::document
