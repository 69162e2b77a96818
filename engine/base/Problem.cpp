#include "engine/base/Problem.h"

#include <algorithm>

namespace perceptory::base {

bool hasError(const Problems& problems) {
    return std::ranges::any_of(problems, [](const Problem& p) { return p.severity == Severity::Error; });
}

std::string describe(const Problem& problem) {
    std::string text = problem.where.empty() ? "" : problem.where + ": ";
    text += problem.sentence;
    if (!problem.fix.empty()) text += " " + problem.fix;
    return text;
}

const char* severityName(Severity severity) {
    switch (severity) {
        case Severity::Hint:
            return "hint";
        case Severity::Warning:
            return "warning";
        case Severity::Error:
            return "error";
    }
    return "error";
}

}  // namespace perceptory::base
