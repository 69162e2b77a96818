// factor = gamma^(number of milestones ≤ t), as PyTorch's MultiStepLR

#include <charconv>
#include <cmath>

#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

namespace {

// The numbers of "30, 60, 90"; nothing when something else stands there.
std::vector<double> milestones(const std::string& text) {
    std::vector<double> result;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        if (*at == ',' || *at == ' ') {
            ++at;
            continue;
        }
        double value = 0;
        const auto [next, error] = std::from_chars(at, end, value);
        if (error != std::errc() || !(value >= 0)) return {};
        result.push_back(value);
        at = next;
    }
    return result;
}

double factor(const base::ParamValues& values, double time) {
    int passed = 0;
    for (const double milestone : milestones(values.text("milestones"))) passed += milestone <= time;
    return std::pow(values.number("gamma"), passed);
}

void agree(const base::ParamValues& values, const std::string& where, base::Problems& problems) {
    if (!milestones(values.text("milestones")).empty()) return;
    problems.push_back({where + ".milestones", base::Severity::Error,
                        base::sentence("\"{0}\" is no list of numbers.", values.text("milestones")),
                        base::sentence("Write them with commas: \"30, 60, 90\".")});
}

base::ParamType milestonesParam() {
    base::ParamType type;
    type.id = "milestones";
    type.label = "Milestones";
    type.help = "Epochs (or steps) at which the rate drops, with commas between them.";
    type.kind = base::ParamKind::Text;
    type.fallback = "30, 60, 90";
    type.changes = base::Changes::NextBatch;
    return type;
}

}  // namespace

const ScheduleType MultiStepSchedule{
    {"multi_step",
     "Several steps",
     "The rate is multiplied by gamma at each milestone: factor = gamma^(milestones passed) (He et al. 2016).",
     {milestonesParam(), base::numberParam("gamma", "Gamma", "What the rate is multiplied by.", 0.1, 0, 1)},
     "lr_scheduler.MultiStepLR",
     agree},
    [](ir::TorchCode&, const base::ParamValues& values) -> TorchSchedule {
        std::string list;
        for (const double milestone : milestones(values.text("milestones")))
            list += (list.empty() ? "" : ", ") + ir::pythonNumber(milestone);
        return {"return " + numberOf(values, "gamma") + " ** sum(milestone <= time for milestone in [" + list + "])\n"};
    },
    factor};

}  // namespace perceptory::schedules
