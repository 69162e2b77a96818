// Between `low` and 1, up in `up` and down in `down` (Smith 2015); later cycles are scaled by ½ each, or by gamma^t, as
// PyTorch's CyclicLR whose highest rate is the optimizer's. The momentum goes the other way.

#include <algorithm>
#include <cmath>

#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

namespace {

// Of the rate, 0 … 1 between its ends.
double height(const base::ParamValues& values, double time) {
    const double up = static_cast<double>(values.integer("up")), down = static_cast<double>(values.integer("down"));
    const double cycle = std::floor(time / (up + down));
    const double place = time - cycle * (up + down);
    const std::string mode = values.text("mode");
    const double scale = mode == "halving"       ? std::pow(0.5, cycle)
                         : mode == "exponential" ? std::pow(values.number("gamma"), time)
                                                 : 1;
    return scale * (place <= up ? place / up : 1 - (place - up) / down);
}

double factor(const base::ParamValues& values, double time) {
    const double low = values.number("low");
    return low + (1 - low) * height(values, time);
}

double momentum(const base::ParamValues& values, double time) { return cycledMomentum(values, height(values, time)); }

TorchSchedule torch(ir::TorchCode& code, const base::ParamValues& values) {
    const std::string up = wholeOf(values, "up"), down = wholeOf(values, "down"), mode = values.text("mode");
    const std::string scale = mode == "halving"       ? "0.5 ** cycle * "
                              : mode == "exponential" ? numberOf(values, "gamma") + " ** time * "
                                                      : "";
    const std::string height = code.define(
        "height",
        "def {name}(time):\n    \"\"\"Of the rate between its ends, 0 to 1.\"\"\"\n    cycle, place = divmod(time, " +
            up + " + " + down + ")\n    return " + scale + "(place / " + up + " if place <= " + up +
            " else 1 - (place - " + up + ") / " + down + ")\n");
    const std::string low = numberOf(values, "low");
    return {"return " + low + " + (1 - " + low + ") * " + height + "(time)\n",
            torchMomentum(values, height + "(time)")};
}

}  // namespace

const ScheduleType CyclicSchedule{
    {"cyclic", "Cyclic",
     "The rate goes up and down between a share of itself and its full value; later cycles may be lower (Smith 2017): "
     "factor = low + (1 − low) · share of the way up.",
     with({base::numberParam("low", "Lowest share", "Share of the rate at the bottom of a cycle.", 0.1, 0, 1),
           lengthParam("up", "Up", "Epochs (or steps) from the bottom to the top.", 10),
           lengthParam("down", "Down", "Epochs (or steps) from the top to the bottom.", 10),
           base::choiceParam("mode", "Later cycles",
                             "Equal; each half as high as the one before; or all shrinking by gamma^t.", "equal",
                             {"equal", "halving", "exponential"}, base::Changes::NextBatch),
           base::numberParam("gamma", "Gamma", "What exponential cycles are multiplied by each time.", 0.99, 0, 1)},
          momentumParams(0.8, 0.9)),
     "lr_scheduler.CyclicLR"},
    torch,
    factor,
    nullptr,
    momentum};

}  // namespace perceptory::schedules
