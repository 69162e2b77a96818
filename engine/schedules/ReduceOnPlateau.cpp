// factor ← factor · shrink when the watched loss was no better than its best for more than `patience` epochs, as
// PyTorch's ReduceLROnPlateau (mode min, relative threshold)

#include <algorithm>

#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

namespace {

double factor(const base::ParamValues&, double) { return 1; }

void observe(const base::ParamValues& values, double loss, ScheduleState& state) {
    if (loss < state.best * (1 - values.number("threshold"))) {
        state.best = loss;
        state.waited = 0;
    } else {
        ++state.waited;
    }
    if (state.resting > 0) {
        --state.resting;
        state.waited = 0;
    }
    if (state.waited <= values.integer("patience")) return;
    // A larger least share than the present one must not raise the rate.
    state.factor = std::min(state.factor, std::max(state.factor * values.number("shrink"), values.number("least")));
    state.resting = values.integer("cooldown");
    state.waited = 0;
}

base::ParamType epochsParam(const char* id, const char* label, const char* help, std::int64_t fallback) {
    return base::integerParam(id, label, help, fallback, 0, 1000000000, base::Changes::NextBatch);
}

}  // namespace

const ScheduleType ReduceOnPlateauSchedule{
    {"reduce_on_plateau",
     "Reduce on a plateau",
     "The rate shrinks when the loss on the validation data (without any: the test data) has not become better for "
     "some epochs: factor = max(factor · shrink, least) (Krizhevsky, Sutskever, Hinton 2012). It looks once an epoch.",
     {base::numberParam("shrink", "Shrink", "What the rate is multiplied by.", 0.1, 0, 1),
      epochsParam("patience", "Patience", "Epochs without a better loss that are put up with.", 10),
      base::numberParam("threshold", "Threshold", "Smaller shares of improvement do not count.", 0.0001, 0, 1),
      epochsParam("cooldown", "Cool-down", "Epochs after a reduction that do not count.", 0),
      base::numberParam("least", "Least share", "The rate never falls below this share.", 0, 0, 1)},
     "lr_scheduler.ReduceLROnPlateau"},
    [](ir::TorchCode&, const base::ParamValues& values) -> TorchSchedule {
        return {"return 1\n", "",
                "torch.optim.lr_scheduler.ReduceLROnPlateau(\n    optimizer, factor=" + numberOf(values, "shrink") +
                    ", patience=" + wholeOf(values, "patience") + ", threshold=" + numberOf(values, "threshold") +
                    ", cooldown=" + wholeOf(values, "cooldown") + ", eps=0,\n    min_lr=[" + numberOf(values, "least") +
                    " * group[\"lr\"] for group in optimizer.param_groups])"};
    },
    factor,
    observe};

}  // namespace perceptory::schedules
