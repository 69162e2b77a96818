#include "ui/document/commands/TrainingValues.h"

#include <algorithm>

#include "engine/training/TrainingParams.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/TrainingCommands.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

std::string typeOf(const Json& choice) {
    base::Problems ignored;
    return base::KindSpec::fromJson(choice, {}, ignored).type;
}

// An object in which more can be said about a choice.
Json& spelledOut(Json& choice, const char* type) {
    if (!choice.is_object()) choice = Json{{"type", choice.is_string() ? choice : Json(type)}};
    return choice;
}

void setSchedule(Json& training, const Json& value) {
    const Json per = training.contains("schedule") && training["schedule"].is_object()
                         ? training["schedule"].value("per", Json())
                         : Json();
    training["schedule"] = value;
    if (!per.is_null()) spelledOut(training["schedule"], "constant")["per"] = per;
}

void setClip(Json& training, const std::string& id, const Json& value) {
    if (id == "clip" && value != true) {
        training.erase("clip");
        return;
    }
    Json& clip = spelledOut(training["clip"], "norm");
    if (!clip.contains("limit")) clip["limit"] = 1;
    if (id != "clip") clip[id == "clip_by" ? "type" : "limit"] = value;
}

void set(Json& training, const std::string& id, const Json& value) {
    if (!training.is_object()) training = Json::object();
    if (id == "schedule")
        setSchedule(training, value);
    else if (id == "per")
        spelledOut(training["schedule"], "constant")["per"] = value;
    else if (id == "clip" || id == "clip_by" || id == "limit")
        setClip(training, id, value);
    else if (value.is_null() || (id == "class_weights" && value == "none"))
        training.erase(id);
    else
        training[id] = id == "stopping" ? Json::array({value}) : value;
}

}  // namespace

std::vector<base::ParamType> trainingParamsOf(const Document& document) {
    std::vector<base::ParamType> params = training::trainingParams();
    const training::TrainSpec& spec = document.spec().training;
    std::erase_if(params, [&](const base::ParamType& param) {
        return (param.id == "loss" && !spec.losses.empty()) ||
               (param.id == "class_weights" && spec.classWeights.type == training::ClassWeights::Type::Listed) ||
               (param.id == "stopping" && spec.stopping.size() > 1);
    });
    return params;
}

Json trainingValues(const Document& document) {
    Json values = document.json().value("training", Json::object());
    if (!values.is_object()) return Json::object();
    if (values.contains("schedule") && values["schedule"].is_object() && values["schedule"].contains("per"))
        values["per"] = values["schedule"]["per"];
    const training::Clip& clip = document.spec().training.clip;
    values["clip"] = clip.type != training::Clip::Type::None;
    values["clip_by"] = clip.type == training::Clip::Type::Value ? "value" : "norm";
    values["limit"] = clip.limit;
    const std::vector<base::KindSpec>& stopping = document.spec().training.stopping;
    values["stopping"] = stopping.empty() ? Json() : stopping.front().toJson();
    return values;
}

void setTrainingValue(Document& document, const std::string& id, const Json& value) {
    const training::TrainSpec& spec = document.spec().training;
    if (id == "loss" && typeOf(value) != spec.loss.type) return setLoss(document, typeOf(value));
    if (id == "optimizer" && typeOf(value) != spec.optimizer.type) return setOptimizer(document, typeOf(value));
    const auto& params = training::trainingParams();
    const auto param = std::ranges::find(params, id, &base::ParamType::id);
    if (param == params.end()) return;
    document.edit(Words::tr("Set %1").arg(shelfText(param->label)),
                  [&](Json& project) { set(project["training"], id, value); });
}

}  // namespace perceptory::document
