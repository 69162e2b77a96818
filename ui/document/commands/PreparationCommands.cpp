#include "ui/document/commands/PreparationCommands.h"

#include <algorithm>
#include <cmath>

#include "engine/data/augmentation/Augmentation.h"
#include "engine/data/preprocessing/Preprocessing.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

const base::KindType* memberOf(StepList list, const std::string& id) {
    for (const base::KindType* type : membersOf(list))
        if (type->id == id) return type;
    return nullptr;
}

QString labelOf(StepList list, const std::string& id) {
    const base::KindType* type = memberOf(list, id);
    return type ? shelfText(type->label) : QString::fromStdString(id);
}

Json& listOf(Json& project, StepList list) {
    Json& steps = project["data"][keyOf(list)];
    if (!steps.is_array()) steps = Json::array();
    return steps;
}

// The step as an object, however it was written.
Json& parametersOf(Json& step) {
    if (!step.is_object()) step = Json{{"type", step}};
    Json& parameters = step["parameters"];
    if (!parameters.is_object()) parameters = Json::object();
    return parameters;
}

Json& splitOf(Json& project) {
    Json& split = project["data"]["split"];
    if (!split.is_object()) split = Json{{"mode", "random"}, {"train", 0.8}, {"validation", 0.0}, {"test", 0.2}};
    return split;
}

double share(double value) { return std::round(std::clamp(value, 0.0, 1.0) * 10000) / 10000; }

}  // namespace

const char* keyOf(StepList list) { return list == StepList::Preprocessing ? "preprocessing" : "augmentation"; }

std::vector<const base::KindType*> membersOf(StepList list) {
    return list == StepList::Preprocessing ? data::preprocessing().kinds() : data::augmentations().kinds();
}

const std::vector<base::KindSpec>& stepsOf(const Document& document, StepList list) {
    const data::DataSpec& data = document.spec().data;
    return list == StepList::Preprocessing ? data.preprocessing : data.augmentation;
}

void addStep(Document& document, StepList list, const std::string& id) {
    if (list == StepList::Preprocessing)
        data::preprocessing().get(id, "data.preprocessing");
    else
        data::augmentations().get(id, "data.augmentation");
    document.edit(Words::tr("Add %1").arg(labelOf(list, id)), [&](Json& project) {
        listOf(project, list).push_back(Json{{"type", id}});
    });
}

void removeStep(Document& document, StepList list, std::size_t index) {
    if (index >= stepsOf(document, list).size()) return;
    document.edit(Words::tr("Remove %1").arg(labelOf(list, stepsOf(document, list)[index].type)),
                  [&](Json& project) { listOf(project, list).erase(index); });
}

void moveStep(Document& document, StepList list, std::size_t from, std::size_t to) {
    const std::size_t count = stepsOf(document, list).size();
    if (from >= count || to >= count) return;
    document.edit(Words::tr("Move %1").arg(labelOf(list, stepsOf(document, list)[from].type)), [&](Json& project) {
        Json& steps = listOf(project, list);
        const Json step = steps[from];
        steps.erase(from);
        steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(to), step);
    });
}

void setStepParameter(Document& document, StepList list, std::size_t index, const std::string& id, const Json& value) {
    if (index >= stepsOf(document, list).size()) return;
    const base::KindType* type = memberOf(list, stepsOf(document, list)[index].type);
    const base::ParamType* parameter = type ? type->parameter(id) : nullptr;
    const QString label = parameter ? shelfText(parameter->label) : QString::fromStdString(id);
    document.edit(Words::tr("Set %1").arg(label),
                  [&](Json& project) { parametersOf(listOf(project, list)[index])[id] = value; });
}

void setShares(Document& document, double train, double validation) {
    document.edit(Words::tr("Set the shares of the parts"), [&](Json& project) {
        Json& split = splitOf(project);
        split["train"] = share(train);
        split["validation"] = share(validation);
        split["test"] = share(1 - share(train) - share(validation));
    });
}

void setSplitDetail(Document& document, const std::string& key, const Json& value) {
    document.edit(Words::tr("Set how the data is parted"), [&](Json& project) { splitOf(project)[key] = value; });
}

void setBalance(Document& document, data::Balance balance) {
    document.edit(Words::tr("Set how classes are balanced"), [&](Json& project) {
        const std::string& word = data::balanceWords()[static_cast<std::size_t>(balance)];
        if (balance == data::Balance::None)
            project["data"].erase("balance");
        else
            project["data"]["balance"] = word;
    });
}

}  // namespace perceptory::document
