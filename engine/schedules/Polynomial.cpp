// factor = final + (1 − final)·(1 − t/length)^power, as PyTorch's PolynomialLR (whose final share is 0)

#include <algorithm>
#include <cmath>

#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

namespace {

double factor(const base::ParamValues& values, double time) {
    const double left = 1 - std::min(1.0, time / static_cast<double>(values.integer("length")));
    const double last = values.number("final");
    return last + (1 - last) * std::pow(left, values.number("power"));
}

}  // namespace

const ScheduleType PolynomialSchedule{
    {"polynomial",
     "Polynomial",
     "The rate falls as a power of what is left of the way: factor = final + (1 − final) · (1 − t/length)^power; power "
     "1 is a straight line (Chen et al. 2018).",
     {lengthParam("length", "Length", "Epochs (or steps) until the final share is reached.", 100),
      base::numberParam("power", "Power", "1: a straight line; larger: faster at first.", 1, 0.01, 100),
      base::numberParam("final", "Final share", "Share of the rate that remains.", 0, 0, 1)},
     "lr_scheduler.PolynomialLR, LambdaLR with a final share"},
    [](ir::TorchCode&, const base::ParamValues& values) -> TorchSchedule {
        const std::string last = numberOf(values, "final");
        return {"left = 1 - min(1, time / " + wholeOf(values, "length") + ")\nreturn " + last + " + (1 - " + last +
                ") * left ** " + numberOf(values, "power") + "\n"};
    },
    factor};

}  // namespace perceptory::schedules
