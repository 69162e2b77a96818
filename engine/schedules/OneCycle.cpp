// Up from 1/divisor to 1 and down to 1/(divisor · final_divisor) (Smith and Topin 2017), in two halves of a cosine as
// PyTorch's OneCycleLR; the optimizer's rate is the highest. The momentum goes the other way.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

namespace {

// A half cosine from 0 to 1.
double rising(double share) { return 0.5 * (1 - std::cos(std::numbers::pi * share)); }

struct Place {
    double height = 0;  // of the rate, 0 … 1 between its ends
    bool rises = false;
};

Place placeAt(const base::ParamValues& values, double time) {
    const double end = static_cast<double>(values.integer("length")) - 1;
    const double top = values.number("rise") * (end + 1) - 1;
    if (time >= end) return {0, false};
    if (time < top) return {rising(time / top), true};
    return {1 - rising((time - std::max(top, 0.0)) / (end - std::max(top, 0.0))), false};
}

double factor(const base::ParamValues& values, double time) {
    const double first = 1 / values.number("divisor"), last = first / values.number("final_divisor");
    const Place place = placeAt(values, time);
    const double low = place.rises ? first : last;
    return low + (1 - low) * place.height;
}

double momentum(const base::ParamValues& values, double time) {
    return schedules::cycledMomentum(values, placeAt(values, time).height);
}

TorchSchedule torch(ir::TorchCode& code, const base::ParamValues& values) {
    const std::string length = wholeOf(values, "length"), rise = numberOf(values, "rise");
    const std::string height =
        code.define("height",
                    "def {name}(time):\n    \"\"\"Of the rate between its ends, 0 to 1, and whether it rises.\"\"\"\n"
                    "    end, top = " +
                        length + " - 1, " + rise + " * " + length +
                        " - 1\n"
                        "    if time >= end:\n        return 0, False\n"
                        "    if time < top:\n        return (1 - math.cos(math.pi * time / top)) / 2, True\n"
                        "    top = max(top, 0)\n"
                        "    return (1 + math.cos(math.pi * (time - top) / (end - top))) / 2, False\n");
    const std::string first = "1 / " + numberOf(values, "divisor");
    return {"place, rises = " + height + "(time)\nlow = " + first + " if rises else " + first + " / " +
                numberOf(values, "final_divisor") + "\nreturn low + (1 - low) * place\n",
            torchMomentum(values, height + "(time)[0]")};
}

}  // namespace

const ScheduleType OneCycleSchedule{
    {"one_cycle", "One cycle",
     "The rate rises to its full value, then falls far below where it began, in half cosines (Smith, Topin 2018): "
     "factor = 1/divisor → 1 → 1/(divisor · final_divisor). Best counted in steps, with the length of the whole run.",
     with({lengthParam("length", "Length", "Epochs (or steps) of the whole cycle.", 100),
           base::numberParam("rise", "Rising share", "Share of the way on which the rate rises.", 0.3, 0, 1),
           base::numberParam("divisor", "First divisor", "The cycle begins with the rate divided by this.", 25, 1, 1e9),
           base::numberParam("final_divisor", "Final divisor", "It ends with the first rate divided by this.", 1e4, 1,
                             1e12)},
          momentumParams(0.85, 0.95)),
     "lr_scheduler.OneCycleLR"},
    torch,
    factor,
    nullptr,
    momentum};

}  // namespace perceptory::schedules
