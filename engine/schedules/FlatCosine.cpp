// factor = 1 for the first `flat` share of the way, then final + (1 − final)·(1 + cos(π·s))/2 over the rest, s = 0 … 1

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

namespace {

double factor(const base::ParamValues& values, double time) {
    const double flat = values.number("flat"), last = values.number("final");
    const double share = std::min(1.0, time / static_cast<double>(values.integer("length")));
    if (share <= flat) return 1;
    return last + (1 - last) * 0.5 * (1 + std::cos(std::numbers::pi * (share - flat) / (1 - flat)));
}

}  // namespace

const ScheduleType FlatCosineSchedule{
    {"flat_cosine",
     "Flat, then cosine",
     "The full rate for most of the way, then half a cosine down to the final share: factor = 1, then final + (1 − "
     "final) · (1 + cos(π · u)) / 2, u = share of the fall (as fastai has it, Howard, Gugger 2020).",
     {lengthParam("length", "Length", "Epochs (or steps) until the final share is reached.", 100),
      base::numberParam("flat", "Flat share", "Share of the way with the full rate.", 0.75, 0, 0.999),
      base::numberParam("final", "Final share", "Share of the rate that remains.", 0, 0, 1)},
     "lr_scheduler.LambdaLR"},
    [](ir::TorchCode&, const base::ParamValues& values) -> TorchSchedule {
        const std::string flat = numberOf(values, "flat");
        return {"share = (min(1, time / " + wholeOf(values, "length") + ") - " + flat + ") / (1 - " + flat +
                ")\nif share <= 0:\n    return 1\n" + halfCosine(numberOf(values, "final"))};
    },
    factor};

}  // namespace perceptory::schedules
