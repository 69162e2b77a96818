#include "ui/document/commands/TrainingCommands.h"

#include <algorithm>

#include "engine/losses/Loss.h"
#include "engine/optimizers/Optimizer.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/OutputLayer.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

Json& optimizerOf(Json& project) {
    Json& optimizer = project["training"]["optimizer"];
    if (!optimizer.is_object()) optimizer = Json{{"type", optimizer.is_string() ? optimizer : Json("sgd")}};
    return optimizer;
}

}  // namespace

void setLearningRate(Document& document, double rate) {
    document.edit(Words::tr("Set learning rate"),
                  [&](Json& project) { optimizerOf(project)["parameters"]["learning_rate"] = rate; });
}

double learningRateOf(const Document& document) {
    const base::KindSpec& optimizer = document.spec().training.optimizer;
    const optimizers::OptimizerType* type = optimizers::shelf().find(optimizer.type);
    const base::ParamType* parameter = type ? type->parameter("learning_rate") : nullptr;
    const Json fallback = parameter ? parameter->fallback : Json(0.0);
    const Json rate =
        optimizer.parameters.is_object() ? optimizer.parameters.value("learning_rate", fallback) : fallback;
    return rate.is_number() ? rate.get<double>() : 0;
}

void setOptimizer(Document& document, const std::string& id) {
    const optimizers::OptimizerType& type = optimizers::shelf().get(id, "training.optimizer");
    if (document.spec().training.optimizer.type == id) return;
    const double rate = learningRateOf(document);
    document.edit(Words::tr("Set optimizer %1").arg(shelfText(type.label)), [&](Json& project) {
        Json parameters = Json::object();
        if (type.parameter("learning_rate")) parameters["learning_rate"] = rate;
        project["training"]["optimizer"] = Json{{"type", id}, {"parameters", parameters}};
    });
}

void setLoss(Document& document, const std::string& id) {
    const losses::LossType& type = losses::shelf().get(id, "training.loss");
    if (document.spec().training.loss.type == id) return;
    document.edit(Words::tr("Set loss %1").arg(shelfText(type.label)), [&](Json& project) {
        const DataFacts facts = factsOf(project);
        project["training"]["loss"] = Json{{"type", id}};
        fitOutputToLoss(project, facts);
    });
}

void setBatchSize(Document& document, int size) {
    document.setValue("training.batch_size", std::max(1, size), Words::tr("Set batch size"));
}

void setTrainingSeed(Document& document, std::uint64_t seed) {
    document.setValue("training.seed", std::to_string(seed), Words::tr("Set seed of the weights"));
}

}  // namespace perceptory::document
