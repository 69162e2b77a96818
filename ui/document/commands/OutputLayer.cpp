#include "ui/document/commands/OutputLayer.h"

#include <algorithm>
#include <set>

#include "engine/base/Params.h"
#include "engine/data/generators/Generator.h"
#include "engine/layers/Layer.h"
#include "engine/losses/Loss.h"
#include "engine/metrics/Metric.h"
#include "ui/document/commands/GraphJson.h"

namespace perceptory::document {

using base::Json;
using data::Task;

namespace {

struct Ending {
    int units = 1;
    std::string activation, loss;
    bool operator==(const Ending&) const = default;
};

Ending automatic(const DataFacts& facts) {
    if (facts.task == Task::Regression) return {facts.targets, "linear", "mean_squared_error"};
    if (facts.classes <= 2 && !facts.units) return {1, "tanh", "mean_squared_error"};
    return {std::max(2, facts.classes), "linear", "softmax_cross_entropy"};
}

Json parametersOf(const Json& node) {
    return node.contains("parameters") && node["parameters"].is_object() ? node["parameters"] : Json::object();
}

// What says how many values a layer puts out for a row or a pixel; null for layers that have no such parameter.
const char* outputsKey(const Json& node) {
    const std::string type = textOf(node, "type");
    return type == "dense" ? "units" : type == "conv2d" ? "filters" : nullptr;
}

Ending endingOf(Json& project) {
    Ending ending;
    ending.loss = project.contains("training") ? kindOf(project["training"], "loss", "mean_squared_error")
                                               : std::string("mean_squared_error");
    const Json* node = outputNode(project);
    if (!node) return ending;
    const Json parameters = parametersOf(*node);
    const char* key = outputsKey(*node);
    const layers::LayerType* type = layers::shelf().find(textOf(*node, "type"));
    const Json units = key && type ? parameters.value(key, type->parameter(key)->fallback) : Json(4);
    ending.units = units.is_number_integer() ? units.get<int>() : 0;
    ending.activation = kindOf(parameters, "activation", "linear");
    return ending;
}

void setKind(Json& object, const char* key, const std::string& id) {
    if (kindOf(object, key, "") == id) return;
    if (object.contains(key) && object[key].is_string())
        object[key] = id;
    else
        object[key] = Json{{"type", id}};
}

void setEnding(Json& project, const Ending& ending) {
    setKind(project["training"], "loss", ending.loss);
    Json* node = outputNode(project);
    if (!node || !outputsKey(*node)) return;
    setOutputs(*node, ending.units);
    Json& parameters = (*node)["parameters"];
    if (kindOf(parameters, "activation", "linear") != ending.activation) parameters["activation"] = ending.activation;
}

const losses::LossType* lossOf(const Ending& ending) { return losses::shelf().find(ending.loss); }

bool canRead(const Ending& ending, const DataFacts& facts) {
    const losses::LossType* loss = lossOf(ending);
    if (!loss) return false;
    const bool forNumbers = loss->reads == losses::Outputs::Numbers && !loss->classIndices;
    if (facts.task == Task::Regression) return forNumbers && ending.units == facts.targets;
    if (loss->classIndices) return ending.units == facts.classes && ending.units > 1;
    return facts.classes <= 2 ? ending.units == 1 || ending.units == 2 : ending.units == facts.classes;
}

// The user's own ending with the number of units that such data needs.
Ending resized(Ending ending, const DataFacts& facts) {
    if (facts.task == Task::Regression)
        ending.units = facts.targets;
    else if (facts.classes > 2 || ending.units != 1)
        ending.units = std::max(2, facts.classes);
    return ending;
}

void dropMetrics(Json& project, Task task) {
    Json& training = project["training"];
    if (!training.contains("metrics") || !training["metrics"].is_array()) return;
    Json kept = Json::array();
    for (const Json& entry : training["metrics"]) {
        const metrics::MetricType* type =
            metrics::shelf().find(entry.is_string() ? entry.get<std::string>() : textOf(entry, "type"));
        if (!type || (task == Task::Regression ? type->regression : type->classification)) kept.push_back(entry);
    }
    training["metrics"] = kept;
}

DataFacts factsOfGenerator(const Json& data) {
    DataFacts facts;
    const data::GeneratorType* type = data::generators().find(textOf(data, "id"));
    if (!type) return facts;
    facts.task = type->task;
    const Json parameters = parametersOf(data);
    base::Problems problems;
    base::checkParams(*type, parameters, "data.parameters", problems);
    const Json none = Json::object();
    const base::ParamValues values(type->parameters, base::hasError(problems) ? none : parameters);
    facts.classes = static_cast<int>(type->classes(values));
    return facts;
}

DataFacts factsOfPoints(const Json& data) {
    DataFacts facts;
    if (textOf(data, "task") == "regression") return {Task::Regression, 0};
    std::set<std::string> labels;
    if (data.contains("points") && data["points"].is_array())
        for (const Json& point : data["points"])
            if (point.is_array() && point.size() == 3) labels.insert(point[2].dump());
    facts.classes = std::max(2, static_cast<int>(labels.size()));
    return facts;
}

DataFacts factsOfNetwork(Json project) {
    const Ending ending = endingOf(project);
    const losses::LossType* loss = lossOf(ending);
    DataFacts facts;
    const std::string task = textOf(project["data"], "task");
    const bool plain =
        loss && !loss->classIndices && loss->reads == losses::Outputs::Numbers && ending.activation == "linear";
    if (task == "regression" || (task.empty() && plain && ending.units == 1)) {
        facts.task = Task::Regression;
        facts.classes = 0;
        facts.targets = ending.units;
    } else {
        facts.classes = std::max(2, ending.units);
    }
    return facts;
}

// That stands in the network as "block1.2.conv".
Json* nodeInBlock(Nodes& blocks, const std::string& id) {
    for (Json& block : blocks) {
        const std::string name = idOf(block) + ".";
        if (!id.starts_with(name) || !block.contains("nodes") || !block["nodes"].is_array()) continue;
        const std::size_t point = id.find_first_not_of("0123456789", name.size());
        if (point == id.npos || point == name.size() || id[point] != '.') continue;
        if (Json* node = nodeOf(block["nodes"].get_ref<Nodes&>(), id.substr(point + 1))) return node;
    }
    return nullptr;
}

}  // namespace

bool hasSeveralLosses(const Json& project) {
    const Json losses = project.value("/training/losses"_json_pointer, Json());
    return losses.is_array() && !losses.empty();
}

void setOutputs(Json& node, std::int64_t outputs) {
    const char* key = outputsKey(node);
    if (!key) return;
    Json& parameters = node["parameters"];
    if (!parameters.is_object()) parameters = Json::object();
    parameters[key] = outputs;
}

std::string kindOf(const Json& object, const std::string& key, const std::string& fallback) {
    if (!object.is_object() || !object.contains(key)) return fallback;
    const Json& value = object[key];
    if (value.is_string()) return value.get<std::string>();
    const std::string type = textOf(value, "type");
    return type.empty() ? fallback : type;
}

Json* findNode(Json& project, const std::string& id) {
    Nodes* nodes = nodesOf(project);
    if (Json* node = nodes ? nodeOf(*nodes, id) : nullptr) return node;
    return blocksOf(project) ? nodeInBlock(*blocksOf(project), id) : nullptr;
}

Json* outputNode(Json& project) {
    Nodes* nodes = nodesOf(project);
    if (!nodes) return nullptr;
    std::set<std::string> read;
    for (const Nodes* list : {nodes, blocksOf(project)})
        if (list)
            for (const Json& node : *list)
                for (const Source& input : inputsOf(node)) read.insert(input.node);
    for (auto node = nodes->rbegin(); node != nodes->rend(); ++node)
        if (node->is_object() && !read.contains(textOf(*node, "id")) && textOf(*node, "type") != "input") return &*node;
    return nullptr;
}

std::vector<std::string> hiddenNodes(const Json& project) {
    Json copy = project;
    const Json* output = outputNode(copy);
    const std::string last = output ? textOf(*output, "id") : std::string();
    std::vector<std::string> ids;
    if (const Nodes* nodes = nodesOf(copy))
        for (const Json& node : *nodes)
            if (textOf(node, "type") == "dense" && textOf(node, "id") != last) ids.push_back(textOf(node, "id"));
    return ids;
}

DataFacts factsOf(const Json& project) {
    const Json data = project.contains("data") && project["data"].is_object() ? project["data"] : Json::object();
    const std::string source = data.contains("source") ? textOf(data, "source") : "generator";
    if (source == "generator") {
        DataFacts facts = factsOfGenerator(data);
        const data::GeneratorType* type = data::generators().find(textOf(data, "id"));
        if (!type || !type->table) return facts;
        facts.targets = factsOfNetwork(project).targets;  // what the network was fitted to
        return facts;
    }
    if (source == "points") return factsOfPoints(data);
    return factsOfNetwork(project);
}

void fitOutput(Json& project, const DataFacts& before, const DataFacts& after) {
    if (hasSeveralLosses(project)) return;
    const Ending now = endingOf(project);
    if (before.task == after.task && before.classes == after.classes && canRead(now, after)) return;
    const Ending own = resized(now, after);
    const bool keep = now != automatic(before) && before.task == after.task && canRead(own, after);
    setEnding(project, keep ? own : automatic(after));
    if (before.task != after.task) dropMetrics(project, after.task);
}

void fitOutputToLoss(Json& project, const DataFacts& facts) {
    Ending ending = endingOf(project);
    const losses::LossType* loss = lossOf(ending);
    if (!loss) return;
    if (facts.task == Task::Regression) {
        ending.units = facts.targets;
        ending.activation = "linear";
    } else {
        ending.units = facts.classes <= 2 && !loss->classIndices ? 1 : std::max(2, facts.classes);
        if (loss->classIndices || loss->reads == losses::Outputs::Logits || loss->reads == losses::Outputs::Scores)
            ending.activation = "linear";
        else
            ending.activation = loss->reads == losses::Outputs::Probabilities ? "sigmoid" : "tanh";
    }
    setEnding(project, ending);
}

}  // namespace perceptory::document
