// factor = gamma^t, as PyTorch's ExponentialLR

#include <cmath>

#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

namespace {

double factor(const base::ParamValues& values, double time) { return std::pow(values.number("gamma"), time); }

}  // namespace

const ScheduleType ExponentialSchedule{
    {"exponential",
     "Exponential",
     "The rate shrinks by the same share every time: factor = γ^t (Senior et al. 2013).",
     {base::numberParam("gamma", "Gamma", "What the rate is multiplied by each time.", 0.95, 0, 1)},
     "lr_scheduler.ExponentialLR"},
    [](ir::TorchCode&, const base::ParamValues& values) -> TorchSchedule {
        return {"return " + numberOf(values, "gamma") + " ** time\n"};
    },
    factor};

}  // namespace perceptory::schedules
