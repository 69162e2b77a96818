// factor = final + (1 − final)·(1 + cos(π·s/l))/2 at place s of a cycle of length l; every cycle is `growth` times as
// long as the one before (Loshchilov and Hutter 2016), as PyTorch's CosineAnnealingWarmRestarts

#include <cmath>
#include <numbers>

#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

namespace {

double factor(const base::ParamValues& values, double time) {
    double length = static_cast<double>(values.integer("length"));
    const double growth = static_cast<double>(values.integer("growth"));
    if (growth == 1) {
        time = std::fmod(time, length);
    } else {
        while (time >= length) {
            time -= length;
            length *= growth;
        }
    }
    const double last = values.number("final");
    return last + (1 - last) * 0.5 * (1 + std::cos(std::numbers::pi * time / length));
}

}  // namespace

const ScheduleType CosineRestartsSchedule{
    {"cosine_restarts",
     "Cosine with restarts",
     "The rate follows half a cosine, jumps back to its full value, and begins again, each time for longer if wanted: "
     "factor = final + (1 − final) · (1 + cos(π · t/length)) / 2 in each round (Loshchilov, Hutter 2017).",
     {lengthParam("length", "Length", "Epochs (or steps) of the first cycle.", 10),
      base::integerParam("growth", "Growth", "How many times as long each further cycle is.", 1, 1, 100,
                         base::Changes::NextBatch),
      base::numberParam("final", "Final share", "Share of the rate at the end of a cycle.", 0, 0, 1)},
     "lr_scheduler.CosineAnnealingWarmRestarts"},
    [](ir::TorchCode&, const base::ParamValues& values) -> TorchSchedule {
        return {"length = " + wholeOf(values, "length") +
                "\nwhile time >= length:\n    time -= length\n    length *= " + wholeOf(values, "growth") +
                "\nshare = time / length\n" + halfCosine(numberOf(values, "final"))};
    },
    factor};

}  // namespace perceptory::schedules
