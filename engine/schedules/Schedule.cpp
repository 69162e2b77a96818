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

base::ParamType lengthParam(std::string id, std::string label, std::string help, std::int64_t fallback) {
    return base::integerParam(std::move(id), std::move(label), std::move(help), fallback, 1, 1000000000,
                              base::Changes::NextBatch);
}

}  // namespace perceptory::schedules
