#include "ui/document/commands/NetworkCommands.h"

#include <algorithm>

#include "engine/regularizers/Regularizer.h"
#include "ui/document/commands/GraphCommands.h"
#include "ui/document/commands/OutputLayer.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

constexpr int unitsOfNewLayer = 2;  // as TensorFlow Playground

const network::NodeSpec* nodeOf(const Document& document, const std::string& id) {
    return document.spec().network.find(id);
}

std::string freeId(const Document& document) {
    int number = 1;
    while (nodeOf(document, "h" + std::to_string(number))) ++number;
    return "h" + std::to_string(number);
}

Json parametersLike(Json& project, const std::string& neighbour) {
    const Json* node = neighbour.empty() ? nullptr : findNode(project, neighbour);
    Json parameters{{"units", unitsOfNewLayer}, {"activation", "tanh"}};
    if (!node || !node->contains("parameters") || !(*node)["parameters"].is_object()) return parameters;
    for (const auto& [key, value] : (*node)["parameters"].items())
        if (key != "units") parameters[key] = value;
    return parameters;
}

void insertBefore(Json& project, const std::string& id, const std::string& follower, const std::string& neighbour) {
    Json& nodes = project["network"]["nodes"];
    const auto at = std::find_if(nodes.begin(), nodes.end(),
                                 [&](const Json& node) { return node.value("id", Json()) == follower; });
    if (at == nodes.end()) return;
    Json layer{{"id", id}, {"type", "dense"}, {"inputs", at->value("inputs", Json::array())}};
    layer["parameters"] = parametersLike(project, neighbour);
    (*at)["inputs"] = Json::array({id});
    nodes.insert(at, layer);
}

void activate(Json& project, const std::string& id, const std::string& activation) {
    Json* node = findNode(project, id);
    if (!node || kindOf((*node)["parameters"], "activation", "linear") == activation) return;
    (*node)["parameters"]["activation"] = activation;
}

Json penalty(const std::string& kind, double rate) {
    const regularizers::RegularizerType* type = regularizers::shelf().find(kind);
    Json parameters = Json::object();
    if (type)
        for (const base::ParamType& parameter : type->parameters) parameters[parameter.id] = rate;
    return Json{{"type", kind}, {"parameters", parameters}};
}

Json firstRegularizer(const Document& document) {
    for (const network::NodeSpec& node : document.spec().network.nodes)
        if (node.type == "dense" && node.parameters.is_object() && node.parameters.contains("regularizer"))
            return node.parameters["regularizer"];
    return nullptr;
}

}  // namespace

std::vector<std::string> hiddenLayers(const Document& document) { return hiddenNodes(document.json()); }

std::string outputLayer(const Document& document) {
    Json copy = document.json();
    const Json* node = outputNode(copy);
    return node ? (*node)["id"].get<std::string>() : std::string();
}

int unitsOf(const Document& document, const std::string& id) {
    const network::NodeSpec* node = nodeOf(document, id);
    if (!node || !node->parameters.is_object()) return 0;
    const Json units = node->parameters.value("units", Json(4));
    return units.is_number_integer() ? units.get<int>() : 0;
}

std::string activationOf(const Document& document, const std::string& id) {
    const network::NodeSpec* node = nodeOf(document, id);
    return node ? kindOf(node->parameters, "activation", "linear") : std::string("linear");
}

std::string addHiddenLayer(Document& document) {
    return addLayerAt(document, static_cast<int>(hiddenLayers(document).size()));
}

std::string addLayerAt(Document& document, int index) {
    const std::vector<std::string> hidden = hiddenLayers(document);
    const std::string output = outputLayer(document);
    if (output.empty()) return {};
    const auto place = static_cast<std::size_t>(std::clamp(index, 0, static_cast<int>(hidden.size())));
    const std::string follower = place < hidden.size() ? hidden[place] : output;
    const std::string neighbour = hidden.empty() ? std::string() : hidden[place > 0 ? place - 1 : 0];
    const std::string id = freeId(document);
    // Spelt out: lupdate takes the type this function returns for its class.
    const QString text = QCoreApplication::translate("document", "Add a layer");
    document.edit(text, [&](Json& project) { insertBefore(project, id, follower, neighbour); });
    return id;
}

void removeHiddenLayer(Document& document) {
    const std::vector<std::string> hidden = hiddenLayers(document);
    if (!hidden.empty()) removeLayer(document, hidden.back());
}

void removeLayer(Document& document, const std::string& node) { removeLayers(document, {node}, true); }

void setUnits(Document& document, const std::string& node, int units) {
    document.edit(Words::tr("Set neurons of %1").arg(QString::fromStdString(node)), [&](Json& project) {
        if (Json* layer = findNode(project, node)) setOutputs(*layer, std::max(1, units));
    });
}

void setActivation(Document& document, const std::string& node, const std::string& activation) {
    document.edit(Words::tr("Set activation of %1").arg(QString::fromStdString(node)),
                  [&](Json& project) { activate(project, node, activation); });
}

void setAllActivations(Document& document, const std::string& activation) {
    document.edit(Words::tr("Set activation"), [&](Json& project) {
        for (const std::string& node : hiddenNodes(project)) activate(project, node, activation);
    });
}

void setRegularizer(Document& document, const std::string& kind, double rate) {
    const bool none = kind.empty() || kind == "none";
    document.edit(Words::tr("Set regularization"), [&](Json& project) {
        for (const network::NodeSpec& spec : document.spec().network.nodes) {
            Json* node = spec.type == "dense" ? findNode(project, spec.id) : nullptr;
            if (node && none && node->contains("parameters"))
                (*node)["parameters"].erase("regularizer");
            else if (node && !none)
                (*node)["parameters"]["regularizer"] = penalty(kind, rate);
        }
    });
}

std::string regularizerOf(const Document& document) {
    const Json found = firstRegularizer(document);
    return kindOf(Json{{"regularizer", found}}, "regularizer", "");
}

double regularizationRateOf(const Document& document) {
    const Json found = firstRegularizer(document);
    const regularizers::RegularizerType* type = regularizers::shelf().find(regularizerOf(document));
    if (!type || type->parameters.empty()) return 0;
    const base::ParamType& first = type->parameters.front();
    const Json given =
        found.is_object() ? found.value("parameters", Json::object()).value(first.id, first.fallback) : first.fallback;
    return given.is_number() ? given.get<double>() : 0;
}

}  // namespace perceptory::document
