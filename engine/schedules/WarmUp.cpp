// factor = start + (1 − start)·t/length, then the schedule `then` from its own beginning, as PyTorch's LinearLR and
// SequentialLR

#include "engine/schedules/Schedule.h"

namespace perceptory::schedules {

namespace {

double factor(const base::ParamValues& values, double time) {
    const double length = static_cast<double>(values.integer("length")), start = values.number("start");
    if (time < length) return start + (1 - start) * time / length;
    const base::KindSpec then = values.kind("then");
    const ScheduleType& type = shelf().get(then.type, "then");
    return type.factor(base::ParamValues(type.parameters, then.parameters), time - length);
}

double momentum(const base::ParamValues& values, double time) {
    const double length = static_cast<double>(values.integer("length"));
    const base::KindSpec then = values.kind("then");
    const ScheduleType& type = shelf().get(then.type, "then");
    if (time < length || !type.momentum) return std::numeric_limits<double>::quiet_NaN();
    return type.momentum(base::ParamValues(type.parameters, then.parameters), time - length);
}

// All that can be told from the time alone.
std::vector<const base::KindType*> followers() {
    std::vector<const base::KindType*> result;
    for (const ScheduleType* type : shelf().members())
        if (!type->observe) result.push_back(type);
    return result;
}

TorchSchedule torch(ir::TorchCode& code, const base::ParamValues& values) {
    const std::string length = wholeOf(values, "length"), start = numberOf(values, "start");
    const base::KindSpec then = values.kind("then");
    const ScheduleType& type = shelf().get(then.type, "then");
    const TorchSchedule next = type.torch(code, base::ParamValues(type.parameters, then.parameters));
    const auto after = [&](const std::string& name, const std::string& body) {
        return "return " + code.define(name, "def {name}(time):\n" + ir::indented(body)) + "(time - " + length + ")\n";
    };
    TorchSchedule result{"if time < " + length + ":\n    return " + start + " + (1 - " + start + ") * time / " +
                         length + "\n" + after("after_warm_up", next.factor)};
    if (!next.momentum.empty())
        result.momentum =
            "if time < " + length + ":\n    return None\n" + after("momentum_after_warm_up", next.momentum);
    return result;
}

}  // namespace

const ScheduleType WarmUpSchedule{
    {"warm_up",
     "Warm-up",
     "The rate rises in a straight line from a share of itself to its full value; then another schedule begins: factor "
     "= start + (1 − start) · t/length (Goyal et al. 2017).",
     {lengthParam("length", "Length", "Epochs (or steps) until the full rate is reached.", 5),
      base::numberParam("start", "First share", "Share of the rate to begin with.", 0.1, 0, 1),
      base::kindParam("then", "Then", "What follows.", "constant", followers, base::Changes::NextBatch)},
     "lr_scheduler.SequentialLR of LinearLR and the next"},
    torch,
    factor,
    nullptr,
    momentum};

}  // namespace perceptory::schedules
