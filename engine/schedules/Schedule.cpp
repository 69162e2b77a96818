#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

const base::Shelf<ScheduleType>& shelf() {
    static const base::Shelf<ScheduleType> all("schedule", {
#define SCHEDULE(Name) &Name##Schedule,
#include "engine/schedules/schedules.def"
#undef SCHEDULE
                                                           });
    return all;
}

}  // namespace perceptory::schedules
