// Ends the run when the watched value is as good as `target`.

#include "engine/training/stopping/StoppingRule.h"

namespace perceptory::training {

namespace {

std::string look(const base::ParamValues& values, const RunMeasure& measure, StoppingState&) {
    const double target = values.number("target");
    const bool reached = measure.higherIsBetter ? measure.watched >= target : measure.watched <= target;
    if (!reached) return "";
    return base::sentence("The target is reached: {0} is {1}, and {2} was asked for.", monitorOf(values),
                          numberText(measure.watched), numberText(target));
}

}  // namespace

const StoppingRuleType TargetReachedRule{
    {"target_reached",
     "Target reached",
     "Ends the run when the watched value is as good as the target: value ≤ target, or ≥ where higher is better "
     "(Mattson et al. 2020).",
     {monitorParam(), base::numberParam("target", "Target", "The value that is good enough.", 0.01, -1e9, 1e9)},
     "a test in the training loop"},
    look,
    false,
    false,
    monitorOf};

}  // namespace perceptory::training
