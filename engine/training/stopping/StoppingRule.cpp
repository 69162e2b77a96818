#include "engine/training/stopping/StoppingRule.h"

#include <charconv>

namespace perceptory::training {

const base::Shelf<StoppingRuleType>& stoppingRules() {
    static const base::Shelf<StoppingRuleType> all("stopping rule", {
#define STOPPING(Name) &Name##Rule,
#include "engine/training/stopping/stopping.def"
#undef STOPPING
                                                                    });
    return all;
}

base::ParamType monitorParam() {
    base::ParamType type;
    type.id = "monitor";
    type.label = "Watch";
    type.help = "\"loss\", or the id of a metric, measured on the validation data (without any: the test data).";
    type.kind = base::ParamKind::Text;
    type.fallback = "loss";
    type.changes = base::Changes::NextBatch;
    return type;
}

std::string monitorOf(const base::ParamValues& values) { return values.text("monitor"); }

std::string numberText(double value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 4);
    return {text, end.ptr};
}

}  // namespace perceptory::training
