// factor = gamma^floor(t / every), as PyTorch's StepLR

#include <cmath>

#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

namespace {

double factor(const base::ParamValues& values, double time) {
    return std::pow(values.number("gamma"), std::floor(time / static_cast<double>(values.integer("every"))));
}

}  // namespace

const ScheduleType StepSchedule{
    {"step",
     "Step",
     "The rate is multiplied by gamma once in a while: factor = γ^⌊t / every⌋ (Szegedy et al. 2015).",
     {lengthParam("every", "Every", "Epochs (or steps) between two drops.", 10),
      base::numberParam("gamma", "Gamma", "What the rate is multiplied by.", 0.1, 0, 1)},
     "lr_scheduler.StepLR"},
    [](ir::TorchCode&, const base::ParamValues& values) -> TorchSchedule {
        return {"return " + numberOf(values, "gamma") + " ** (time // " + wholeOf(values, "every") + ")\n"};
    },
    factor};

}  // namespace perceptory::schedules
