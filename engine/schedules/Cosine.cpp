// factor = final + (1 − final)·(1 + cos(π·t/length))/2 (Loshchilov and Hutter 2016, without restarts)

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

namespace {

double factor(const base::ParamValues& values, double time) {
    const double share = std::min(1.0, time / static_cast<double>(values.integer("length")));
    const double last = values.number("final");
    return last + (1 - last) * 0.5 * (1 + std::cos(std::numbers::pi * share));
}

}  // namespace

const ScheduleType CosineSchedule{
    {"cosine",
     "Cosine",
     "The rate follows half a cosine from its full value to the final share, then stays there: factor = final + (1 − "
     "final) · (1 + cos(π · t/length)) / 2 (Loshchilov, Hutter 2017).",
     {lengthParam("length", "Length", "Epochs (or steps) until the final share is reached.", 100),
      base::numberParam("final", "Final share", "Share of the rate that remains.", 0, 0, 1)},
     "lr_scheduler.CosineAnnealingLR"},
    [](ir::TorchCode&, const base::ParamValues& values) -> TorchSchedule {
        return {"share = min(1, time / " + wholeOf(values, "length") + ")\n" + halfCosine(numberOf(values, "final"))};
    },
    factor};

}  // namespace perceptory::schedules
