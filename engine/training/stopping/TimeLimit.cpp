// Ends the run when it has trained for so long. Pauses do not count, nor what was done before a run was resumed.

#include "engine/training/stopping/StoppingRule.h"

namespace perceptory::training {

namespace {

std::string look(const base::ParamValues& values, const RunMeasure& measure, StoppingState&) {
    const double limit = values.number("seconds");
    if (measure.seconds < limit) return "";
    return base::sentence("The time is up: {0} seconds of training.", numberText(limit));
}

base::ParamType secondsParam() {
    base::ParamType type = base::numberParam("seconds", "Time", "How long to train.", 3600, 0, 1e9);
    type.unit = "s";
    return type;
}

}  // namespace

const StoppingRuleType TimeLimitRule{
    {"time_limit",
     "Time limit",
     "Ends the run when it has trained for so long: time ≥ seconds (Bottou, Bousquet 2008). Pauses do not count.",
     {secondsParam()},
     "a test in the training loop"},
    look,
    true};

}  // namespace perceptory::training
