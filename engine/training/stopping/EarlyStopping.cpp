// Ends the run after `patience` epochs without a value better than the best by more than `min_delta` (Prechelt 1998).

#include <cmath>

#include "engine/training/stopping/StoppingRule.h"

namespace perceptory::training {

namespace {

std::string look(const base::ParamValues& values, const RunMeasure& measure, StoppingState& state) {
    const double gain = measure.higherIsBetter ? measure.watched - state.best : state.best - measure.watched;
    const bool first = std::isnan(state.best) && !std::isnan(measure.watched);
    if (first || gain > values.number("min_delta")) {
        state = {measure.watched, 0, measure.epoch};
        return "";
    }
    if (++state.waited < values.integer("patience")) return "";
    return base::sentence("Early stopping: {0} has not become better than {1} for {2} epochs; the best was epoch {3}.",
                          monitorOf(values), numberText(state.best), state.waited, state.bestEpoch);
}

}  // namespace

const StoppingRuleType EarlyStoppingRule{
    {"early_stopping",
     "Early stopping",
     "Ends the run when the watched value has not become better for some epochs, and goes back to the best weights: "
     "epoch − best epoch ≥ patience (Prechelt 1998).",
     {monitorParam(),
      base::integerParam("patience", "Patience", "Epochs without a better value that are put up with.", 10, 1,
                         1000000000, base::Changes::NextBatch),
      base::numberParam("min_delta", "Least gain", "Smaller gains do not count.", 0, 0, 1e9),
      base::switchParam("restore_best", "Restore the best",
                        "Go back to the weights of the best epoch when a rule ends the run.", true,
                        base::Changes::NextBatch)},
     "a counter in the training loop"},
    look,
    false,
    false,
    monitorOf,
    [](const base::ParamValues& values) { return values.flag("restore_best"); }};

}  // namespace perceptory::training
