#pragma once
// The shelf of learning-rate schedules: a factor on the optimizer's rate as training goes on.

#include "engine/base/Shelf.h"

namespace perceptory::schedules {

struct ScheduleType : base::KindType {
    // Factor at `time` ≥ 0, counted in epochs or steps as the project says ("per"). Whole epochs: the rate stays the
    // same within one.
    double (*factor)(const base::ParamValues& values, double time) = nullptr;
};

#define SCHEDULE(Name) extern const ScheduleType Name##Schedule;
#include "engine/schedules/schedules.def"
#undef SCHEDULE

const base::Shelf<ScheduleType>& shelf();

}  // namespace perceptory::schedules
