#include "engine/data/DatasetChecks.h"

#include <algorithm>
#include <cmath>

#include "engine/base/Text.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

using base::Problems;
using base::Severity;

namespace {

bool checkLabels(const Target& target, bool isNew, Problems& problems) {
    std::vector<bool> seen(target.classNames.size());
    for (const std::int32_t label : target.labels) {
        if (label < 0) {
            problems.push_back({"data.target", Severity::Error,
                                base::sentence("There are classes the model was not trained with."),
                                base::sentence("Leave out their rows, or train with them.")});
            return false;
        }
        seen[static_cast<std::size_t>(label)] = true;
    }
    if (!isNew || std::ranges::count(seen, true) >= 2) return true;
    problems.push_back({"data.target", Severity::Error,
                        base::sentence("All rows are of one class, so there is nothing to learn."),
                        base::sentence("Choose another target, or add rows of a second class.")});
    return false;
}

}  // namespace

bool checkCount(const Table& table, Problems& problems) {
    if (table.count > 0) return true;
    problems.push_back({"data", Severity::Error, base::sentence("No complete row is left."),
                        base::sentence("Use \"missing\": \"mean\", or leave out the columns with missing values.")});
    return false;
}

bool checkClasses(const Table& table, bool isNew, Problems& problems) {
    const auto sound = [&](const Target& target) {
        return target.task == Task::Regression || checkLabels(target, isNew, problems);
    };
    return sound(table) && std::ranges::all_of(table.moreTargets, sound);
}

void checkConstant(const Dataset& set, Problems& problems) {
    // Places of a text are no features that could be left out.
    if (set.inputShape.size() > 1 || set.fields.size() > 1 || set.pipeline.tokens()) return;
    constexpr std::size_t shown = 6;
    std::string names;
    std::size_t count = 0;
    for (std::size_t i = 0; i < set.rawNames.size(); ++i)
        if (set.rawMinimum[i] == set.rawMaximum[i] && count++ < shown)
            names += (names.empty() ? "\"" : ", \"") + quotable(set.rawNames[i]) + "\"";
    if (count > shown)
        names = base::sentence(
            "{0} and {1}", names,
            base::counted("{0} more column", "{0} more columns", static_cast<std::int64_t>(count - shown)));
    if (count > 0)
        problems.push_back({"data.features", Severity::Warning,
                            base::sentence("The same value stands in every row of {0}, so it cannot help.", names),
                            base::sentence("Leave it out of the features.")});
}

namespace {

// A class of the target that is met in testing only; nothing when there is none.
std::optional<std::size_t> untrainedClass(const Target& target, const Parts& parts) {
    if (target.task == Task::Regression) return {};
    for (const auto* part : {&parts.validation, &parts.test})
        for (const std::uint32_t row : *part)
            for (std::size_t unit = 0; unit < target.units(); ++unit) {
                const auto label = static_cast<std::size_t>(target.labels[row * target.units() + unit]);
                if (target.classCounts[label] == 0) return label;
            }
    return {};
}

}  // namespace

void checkUntrained(const Dataset& set, Problems& problems) {
    if (set.parts.train.empty()) return;
    const auto check = [&](const Target& target) {
        const auto found = untrainedClass(target, set.parts);
        if (found)
            problems.push_back({"data.split", Severity::Warning,
                                base::sentence("No row of the class \"{0}\" is in the training part, so it cannot be "
                                               "learned.",
                                               quotable(target.classNames[*found])),
                                base::sentence("Split by chance, or make the training part larger.")});
    };
    check(set);
    for (const Target& target : set.moreTargets) check(target);
}

std::string placeOf(const std::vector<std::uint32_t>& lines, std::size_t row) {
    return lines.empty() ? base::sentence("row {0}", row + 1) : base::sentence("line {0}", lines[row]);
}

void FiniteCheck::take(std::size_t row, std::span<const float> features) {
    for (std::size_t i = 0; i < features.size(); ++i) {
        if (std::isfinite(features[i]) || m_reported[i]) continue;
        m_reported[i] = true;
        m_good = false;
        m_problems.push_back(
            {"data.features[" + std::to_string(i) + "]", Severity::Error,
             base::sentence("\"{0}\" has no finite value for {1}.", quotable(m_names[i]), placeOf(m_lines, row)),
             base::sentence("Change the formula so that it is defined for all rows, such as log(abs(x1) + 1).")});
    }
}

}  // namespace perceptory::data
