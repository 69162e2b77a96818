// Ends the run, as a failure, when an epoch's mean training loss is above `multiple` times the loss of the first batch.

#include "engine/training/stopping/StoppingRule.h"

namespace perceptory::training {

namespace {

std::string look(const base::ParamValues& values, const RunMeasure& measure, StoppingState&) {
    if (!(measure.epochLoss > values.number("multiple") * measure.firstLoss)) return "";
    return base::sentence("The loss grew to {0}, from {1} at first. The learning rate is probably too high.",
                          numberText(measure.epochLoss), numberText(measure.firstLoss));
}

}  // namespace

const StoppingRuleType LossMultipleRule{
    {"loss_multiple",
     "Loss too high",
     "Ends the run when an epoch's training loss is above a multiple of the first batch's, as too high a learning rate "
     "makes it: loss > multiple · first loss (Goodfellow, Bengio, Courville 2016, section 8.3.1). Such a run counts as "
     "failed.",
     {base::numberParam("multiple", "Multiple", "How many times the first loss.", 10, 1, 1e9)},
     "a test in the training loop"},
    look,
    false,
    true};

}  // namespace perceptory::training
