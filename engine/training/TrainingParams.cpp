#include "engine/training/TrainingParams.h"

#include "engine/losses/Loss.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/schedules/Schedule.h"
#include "engine/training/TrainSpec.h"
#include "engine/training/stopping/StoppingRule.h"

namespace perceptory::training {

using base::Changes;

namespace {

base::ParamType stoppingParam() {
    base::ParamType type = base::kindParam(
        "stopping", "Stop early", "A rule that ends the training before its epochs.", {},
        [] { return stoppingRules().kinds(); }, Changes::NextEpoch);
    type.optional = true;
    return type;
}

base::ParamType shownWith(const char* condition, base::ParamType type) {
    type.visibleIf = condition;
    return type;
}

}  // namespace

const std::vector<base::ParamType>& trainingParams() {
    static const TrainSpec standard;
    static const std::vector<base::ParamType> params{
        base::kindParam(
            "loss", "Loss", "What training makes small.", standard.loss.type, [] { return losses::shelf().kinds(); },
            Changes::NextBatch),
        base::choiceParam("class_weights", "Class weights",
                          "Balanced: every class counts alike in the loss, however many samples it has.", "none",
                          {"none", "balanced"}, Changes::NextBatch),
        base::kindParam(
            "optimizer", "Optimizer", "How weights follow their gradients.", standard.optimizer.type,
            [] { return optimizers::shelf().kinds(); }, Changes::NextBatch),
        base::kindParam(
            "schedule", "Schedule", "How the learning rate changes as training goes on.", standard.schedule.type,
            [] { return schedules::shelf().kinds(); }, Changes::NextBatch),
        base::choiceParam("per", "Counted in", "What the schedule counts.", "epoch", {"epoch", "step"},
                          Changes::NextBatch),
        base::switchParam("clip", "Clip gradients", "Keeps single steps small.", false, Changes::NextBatch),
        shownWith("clip", base::choiceParam("clip_by", "Clip by",
                                            "The norm of all gradients together, or each value on its own.", "norm",
                                            {"norm", "value"}, Changes::NextBatch)),
        shownWith("clip", base::numberParam("limit", "Limit", "Of the norm, or of each value.", 1, 1e-6, 1e6)),
        base::integerParam("batch_size", "Batch size", "Samples that one step learns from.", standard.batchSize, 1,
                           1'000'000, Changes::NextEpoch),
        base::integerParam("epochs", "Epochs", "How often all training data are learned from; Play goes on beyond.",
                           static_cast<std::int64_t>(standard.epochs), 0, 1'000'000'000, Changes::NextEpoch),
        base::switchParam("shuffle", "Shuffle", "Takes the samples in another order each epoch.", standard.shuffle,
                          Changes::NextEpoch),
        stoppingParam()};
    return params;
}

}  // namespace perceptory::training
