#include "ui/document/commands/NetworkFit.h"

#include <algorithm>

#include "engine/data/DatasetLoader.h"
#include "engine/data/generators/Generator.h"
#include "engine/project/NetworkFit.h"
#include "engine/project/StartingNetwork.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;
using data::Task;

namespace {

DataFacts factsOf(const data::Dataset& dataset) {
    return {dataset.task, static_cast<int>(dataset.classes()), static_cast<int>(project::outputsFor(dataset, dataset)),
            !dataset.targetShape.empty()};
}

// Each loss has an output layer, which follows the target of the loss.
void fitOutputsOfLosses(Json& project, const data::Dataset& dataset) {
    for (const Json& loss : project["training"]["losses"]) {
        if (!loss.is_object()) continue;
        Json* node = findNode(project, kindOf(loss, "output", ""));
        const std::string target = kindOf(loss, "target", "");
        for (std::size_t i = 0; node && i < dataset.targetCount(); ++i)
            if (target == dataset.target(i).targetName || (target.empty() && i == 0))
                setOutputs(*node, project::outputsFor(dataset, dataset.target(i)));
    }
}

// What a network must know of data of the plane; they have no rows here.
data::Dataset planeOf(const Json& project) {
    const DataFacts facts = document::factsOf(project);
    const Json features = project.value("/data/features"_json_pointer, Json());
    data::Dataset plane;
    plane.rawNames = {"x1", "x2"};
    plane.inputShape = {features.is_array() && !features.empty() ? std::ssize(features) : 2};
    plane.task = facts.task;
    for (int i = 0; i < facts.classes; ++i) plane.classNames.push_back(std::to_string(i));
    if (facts.task == Task::Regression) plane.targetNames = {"y"};
    return plane;
}

// A generator's table, of few rows where their number can be chosen; null when its parameters are wrong.
std::shared_ptr<const data::Dataset> tableOf(const Json& data, const data::GeneratorType& type) {
    base::Problems problems;
    data::DataSpec spec = data::DataSpec::fromJson(data, problems);
    spec.edits.clear();
    if (const base::ParamType* samples = type.parameter("samples")) {
        if (!spec.parameters.is_object()) spec.parameters = Json::object();
        spec.parameters["samples"] = static_cast<std::int64_t>(samples->minimum);
    }
    return base::hasError(problems) ? nullptr : data::loadDataset(spec, data::LoadOptions{}, problems);
}

}  // namespace

bool fitNetwork(Json& project, const DataFacts& before, const data::Dataset& dataset) {
    Json kept = project;
    fitOutput(kept, before, factsOf(dataset));
    if (hasSeveralLosses(kept)) fitOutputsOfLosses(kept, dataset);
    project::raiseEntries(kept, dataset);
    if (!project::takesData(kept, dataset)) {
        Json started = project;
        project::startNetwork(started, dataset);
        if (project::takesData(started, dataset)) {
            project = std::move(started);
            return true;
        }
    }
    project = std::move(kept);
    return false;
}

bool fitNetworkToOwnData(Json& project, const DataFacts& before) {
    const Json data = project.value("data", Json::object());
    const data::GeneratorType* type = data::generators().find(kindOf(data, "id", ""));
    const bool isTable = type && type->table && kindOf(data, "source", "generator") == "generator";
    if (!isTable) return fitNetwork(project, before, planeOf(project));
    if (const auto table = tableOf(data, *type)) return fitNetwork(project, before, *table);
    return false;
}

QString replacedNote() {
    return Words::tr("The network could not take these data, so a small new one took its place; undo brings it back.");
}

void tellReplaced(Document& document) { emit document.noted(replacedNote(), false); }

}  // namespace perceptory::document
