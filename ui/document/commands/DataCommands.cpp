#include "ui/document/commands/DataCommands.h"

#include <QRandomGenerator>
#include <algorithm>
#include <cmath>

#include "engine/base/Error.h"
#include "engine/data/features/Feature.h"
#include "engine/data/features/Formula.h"
#include "engine/data/generators/Generator.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/LoadedData.h"
#include "ui/document/commands/NetworkFit.h"
#include "ui/document/commands/TableCommands.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

double rounded(double value, double steps) { return std::round(value * steps) / steps; }

Json memberOf(const Json& object, const char* key) {
    return object.is_object() && object.contains(key) ? object[key] : Json();
}

bool isPlane(const Json& data) {
    const Json source = memberOf(data, "source"), id = memberOf(data, "id");
    const data::GeneratorType* type = id.is_string() ? data::generators().find(id.get<std::string>()) : nullptr;
    if (source == "generator" && type && type->table) return false;
    return source.is_null() || source == "generator" || source == "points";
}

// Parameters both generators have go on; the number of samples only while the task stays.
Json parametersFor(const Json& project, const data::GeneratorType& type) {
    Json result = Json::object();
    const bool sameTask = factsOf(project).task == type.task;
    const Json data = memberOf(project, "data");
    const bool points = memberOf(data, "source") == "generator" && isPlane(data);
    const Json old = points ? memberOf(data, "parameters") : Json();
    for (const base::ParamType& parameter : type.parameters) {
        const Json kept = memberOf(old, parameter.id.c_str());
        if (parameter.id == "samples")
            result[parameter.id] = sameTask && !kept.is_null() ? kept : parameter.fallback;
        else if (parameter.id == "noise")
            result[parameter.id] = kept.is_null() ? parameter.fallback : kept;
        else if (parameter.id == "classes" || !kept.is_null())
            result[parameter.id] = kept.is_null() ? parameter.fallback : kept;
    }
    base::Problems problems;
    base::checkParams(type, result, "data.parameters", problems);
    return base::hasError(problems) ? Json::object() : result;
}

// Whether the network was replaced.
bool useGenerator(Json& project, const data::GeneratorType& type) {
    const DataFacts before = factsOf(project);
    const Json old = memberOf(project, "data");
    Json data{{"source", "generator"}, {"id", type.id}, {"parameters", parametersFor(project, type)}};
    const auto keep = [&](const char* key, Json fallback) {
        const Json value = memberOf(old, key);
        data[key] = value.is_null() ? fallback : value;
    };
    keep("seed", "1");
    const Json plane = Json::array({"x1", "x2"});
    if (isPlane(old))
        keep("features", plane);
    else
        data["features"] = plane;
    data["split"] = keptSplit(project);
    if (isPlane(old) && old.is_object() && old.contains("preprocessing")) data["preprocessing"] = old["preprocessing"];
    project["data"] = data;
    return fitNetworkToOwnData(project, before);
}

// One undo step with what the network needs for it.
void editData(Document& document, const QString& text, const std::function<bool(Json&)>& change) {
    bool replaced = false;
    document.edit(text, [&](Json& project) { replaced = change(project); });
    if (replaced) tellReplaced(document);
}

// The order of the tiles; formulas behind.
std::vector<std::string> orderOf(const std::vector<std::string>& columns) {
    return columns.empty() ? data::features().ids() : columns;
}

Json listedFeatures(const Json& project, const std::vector<std::string>& columns) {
    const Json data = memberOf(project, "data");
    const Json listed = memberOf(data, "features");
    if (listed.is_array()) return listed;
    return columns.empty() ? Json::array({"x1", "x2"}) : Json(columns);
}

QString nameOf(const std::string& feature) {
    const data::FeatureType* type = data::features().find(feature);
    return type ? shelfText(type->label) : QString::fromStdString(feature);
}

std::string seedText() { return std::to_string(QRandomGenerator::global()->bounded(1, 100000)); }

}  // namespace

void chooseGenerator(Document& document, const std::string& id) {
    const data::GeneratorType& type = data::generators().get(id, "data.id");
    if (type.table) return chooseGeneratedTable(document, id);
    editData(document, Words::tr("Choose data %1").arg(shelfText(type.label)),
             [&](Json& project) { return useGenerator(project, type); });
}

void setGeneratorParameter(Document& document, const std::string& id, const Json& value) {
    const data::GeneratorType* type = data::generators().find(document.spec().data.id);
    const base::ParamType* parameter = type ? type->parameter(id) : nullptr;
    const QString label = parameter ? shelfText(parameter->label) : QString::fromStdString(id);
    editData(document, Words::tr("Set %1").arg(label), [&](Json& project) {
        const DataFacts before = factsOf(project);
        project["data"]["parameters"][id] = value;
        return fitNetworkToOwnData(project, before);
    });
}

bool hasFeature(const Document& document, const std::string& id) {
    const std::vector<data::FeatureSpec>& features = document.spec().data.features;
    if (features.empty()) return !isPlane(memberOf(document.json(), "data")) || id == "x1" || id == "x2";
    return std::ranges::count(features, id, &data::FeatureSpec::id) > 0;
}

void setFeature(Document& document, const std::string& id, bool on, const std::vector<std::string>& columns) {
    const QString text = (on ? Words::tr("Add input %1") : Words::tr("Remove input %1")).arg(nameOf(id));
    document.edit(text, [&](Json& project) {
        const Json old = listedFeatures(project, columns);
        const auto chosen = [&](const std::string& name) {
            return name == id ? on : std::ranges::count(old, Json(name)) > 0;
        };
        Json list = Json::array();
        const std::vector<std::string> order = orderOf(columns);
        for (const std::string& name : order)
            if (chosen(name)) list.push_back(name);
        for (const Json& entry : old)
            if (!entry.is_string() || (entry != id && !std::ranges::count(order, entry.get<std::string>())))
                list.push_back(entry);
        project["data"]["features"] = list;
    });
}

void addFormula(Document& document, const std::string& formula) {
    base::Problems problems;
    if (isPlane(memberOf(document.json(), "data")) && !data::Formula::parse(formula, {"x1", "x2"}, "formula", problems))
        throw base::Error(problems.empty() ? "This is no formula."
                                           : problems.front().sentence + " " + problems.front().fix);
    document.edit(Words::tr("Add input %1").arg(QString::fromStdString(formula)), [&](Json& project) {
        Json list = listedFeatures(project, {});
        list.push_back(Json{{"formula", formula}});
        project["data"]["features"] = list;
    });
}

void removeFeature(Document& document, int index) {
    document.edit(Words::tr("Remove input"), [&](Json& project) {
        Json list = listedFeatures(project, {});
        if (index >= 0 && index < static_cast<int>(list.size())) list.erase(static_cast<std::size_t>(index));
        project["data"]["features"] = list;
    });
}

void setNoise(Document& document, double noise) {
    document.setValue("data.parameters.noise", rounded(std::clamp(noise, 0.0, 0.5), 1000), Words::tr("Set noise"));
}

void setSamples(Document& document, int samples) {
    document.setValue("data.parameters.samples", std::max(10, samples), Words::tr("Set number of samples"));
}

void setSplit(Document& document, double trainShare) {
    document.edit(Words::tr("Set share of training"), [&](Json& project) {
        Json& split = project["data"]["split"];
        if (!split.is_object()) split = Json{{"mode", "random"}};
        const Json given = memberOf(split, "validation");
        const double validation = given.is_number() ? given.get<double>() : 0;
        const double train = rounded(std::clamp(trainShare, 0.0, 1 - validation), 10000);
        split["train"] = train;
        split["validation"] = validation;
        split["test"] = std::max(0.0, rounded(1 - validation - train, 10000));
    });
}

void setSplitMode(Document& document, const std::string& mode) {
    document.edit(Words::tr("Set the way to split"), [&](Json& project) {
        Json& split = project["data"]["split"];
        if (!split.is_object()) split = Json{{"train", 0.8}, {"validation", 0.0}, {"test", 0.2}};
        split["mode"] = mode;
    });
}

void setDataSeed(Document& document, std::uint64_t seed) {
    document.setValue("data.seed", std::to_string(seed), Words::tr("Set seed of the data"));
}

void newDataSeed(Document& document) { document.setValue("data.seed", seedText(), Words::tr("Make new data")); }

void setTask(Document& document, data::Task task) {
    if (taskOf(document) == task) return;
    const bool regression = task == data::Task::Regression;
    const data::GeneratorType& type = data::generators().get(regression ? "plane" : "circle", "data.id");
    editData(document, regression ? Words::tr("Predict numbers") : Words::tr("Predict classes"),
             [&](Json& project) { return useGenerator(project, type); });
}

data::Task taskOf(const Document& document) { return factsOf(document.json()).task; }

int classesOf(const Document& document) { return factsOf(document.json()).classes; }

}  // namespace perceptory::document
