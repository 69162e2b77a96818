// Ends the run after exactly so many updates, counted from its start.

#include "engine/training/stopping/StoppingRule.h"

namespace perceptory::training {

namespace {

std::uint64_t lastStep(const base::ParamValues& values) { return static_cast<std::uint64_t>(values.integer("steps")); }

std::string look(const base::ParamValues& values, const RunMeasure& measure, StoppingState&) {
    if (measure.step < lastStep(values)) return "";
    return base::sentence("The limit of {0} steps is reached.", lastStep(values));
}

}  // namespace

const StoppingRuleType StepLimitRule{
    {"step_limit",
     "Step limit",
     "Ends the run after exactly so many steps, counted from its start: step ≥ steps (Goodfellow, Bengio, Courville "
     "2016, section 7.8).",
     {base::integerParam("steps", "Steps", "Number of updates.", 10000, 1, 1000000000000, base::Changes::NextBatch)},
     "the length of the training loop"},
    look,
    true,
    false,
    nullptr,
    nullptr,
    lastStep};

}  // namespace perceptory::training
