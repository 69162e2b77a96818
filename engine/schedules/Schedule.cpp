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

std::vector<base::ParamType> momentumParams(double base, double top) {
    std::vector<base::ParamType> types{
        base::switchParam("cycle_momentum", "Cycle the momentum",
                          "The momentum (beta 1) of an optimizer that has one falls where the rate rises.", true,
                          base::Changes::NextBatch),
        base::numberParam("base_momentum", "Lowest momentum", "Where the rate is highest.", base, 0, 0.999999),
        base::numberParam("max_momentum", "Highest momentum", "Where the rate is lowest.", top, 0, 0.999999)};
    types[1].visibleIf = types[2].visibleIf = "cycle_momentum";
    return types;
}

double cycledMomentum(const base::ParamValues& values, double height) {
    if (!values.flag("cycle_momentum")) return std::numeric_limits<double>::quiet_NaN();
    const double top = values.number("max_momentum");
    return top - (top - values.number("base_momentum")) * height;
}

std::string numberOf(const base::ParamValues& values, const char* id) { return ir::pythonNumber(values.number(id)); }

std::string wholeOf(const base::ParamValues& values, const char* id) { return std::to_string(values.integer(id)); }

std::string halfCosine(const std::string& last) {
    if (last == "0") return "return (1 + math.cos(math.pi * share)) / 2\n";
    return "return " + last + " + (1 - " + last + ") * (1 + math.cos(math.pi * share)) / 2\n";
}

std::string torchMomentum(const base::ParamValues& values, const std::string& height) {
    if (!values.flag("cycle_momentum")) return "";
    const std::string top = numberOf(values, "max_momentum"), base = numberOf(values, "base_momentum");
    return "return " + top + " - (" + top + " - " + base + ") * " + height + "\n";
}

std::vector<base::ParamType> with(std::vector<base::ParamType> own, std::vector<base::ParamType> more) {
    own.insert(own.end(), more.begin(), more.end());
    return own;
}

}  // namespace perceptory::schedules
