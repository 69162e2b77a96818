// factor = 1 / (1 + decay·t), as Keras' InverseTimeDecay with decay_steps = 1

#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

namespace {

double factor(const base::ParamValues& values, double time) { return 1 / (1 + values.number("decay") * time); }

}  // namespace

const ScheduleType InverseTimeSchedule{
    {"inverse_time",
     "Inverse time",
     "The rate falls fast at first and ever more slowly: factor = 1/(1 + decay·t) (Robbins, Monro 1951).",
     {base::numberParam("decay", "Decay", "How fast the rate falls.", 0.1, 0, 1000)},
     "lr_scheduler.LambdaLR"},
    [](ir::TorchCode&, const base::ParamValues& values) -> TorchSchedule {
        return {"return 1 / (1 + " + numberOf(values, "decay") + " * time)\n"};
    },
    factor};

}  // namespace perceptory::schedules
