// factor = 1

#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

namespace {

double factor(const base::ParamValues&, double) { return 1; }

}  // namespace

const ScheduleType ConstantSchedule{
    {"constant",
     "Constant",
     "The rate stays what the optimizer says: factor = 1 (Bottou, Curtis, Nocedal 2018, section 4.2).",
     {},
     "none is needed"},
    [](ir::TorchCode&, const base::ParamValues&) -> TorchSchedule { return {"return 1\n"}; },
    factor};

}  // namespace perceptory::schedules
