#include "engine/data/readers/CsvTarget.h"

#include <algorithm>
#include <cmath>

#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

using base::Problems;
using base::Severity;

void CsvTarget::add(std::string_view cell, std::optional<double> number, std::size_t line) {
    if (number) {
        m_values.push_back(static_cast<float>(*number));
        m_allWhole = m_allWhole && *number == std::floor(*number);
    } else if (m_textLine == 0) {
        m_text = quotable(cell);
        m_textLine = line;
    }
    const bool wantsLabels = m_request.task != Task::Regression && m_labels.distinct() <= mostClasses;
    if (wantsLabels) m_numbers.push_back(m_labels.add(asUtf8(cell)));
}

Task CsvTarget::chooseTask(Table& table) const {
    if (m_request.task) return *m_request.task;
    const std::size_t distinct = m_labels.distinct();
    const bool repeated = distinct <= 2 || (distinct <= mostNumberClasses && table.count >= 3 * distinct);
    const bool fewNumbers = m_allWhole && repeated;
    const Task task = m_textLine != 0 || fewNumbers ? Task::Classification : Task::Regression;
    const std::string kind = m_textLine != 0 ? "texts" : fewNumbers ? "a few whole numbers" : "many numbers";
    table.notes.push_back("The target \"" + quotable(m_name) + "\" holds " + kind + ", so the task is " +
                          taskName(task) + ". Set the task if that is wrong.");
    return task;
}

bool CsvTarget::finishClasses(Table& table, Problems& problems) {
    if (m_labels.distinct() > mostClasses) {
        problems.push_back(
            {"data.target", Severity::Error,
             "The column \"" + quotable(m_name) + "\" has more than 1000 different values, too many for classes.",
             m_textLine == 0 ? "Set the task to regression, or choose another target." : "Choose another target."});
        return false;
    }
    const auto classes = m_request.pipeline ? m_labels.classes(m_request.classNames) : m_labels.classes();
    for (std::size_t i = 0; i < classes.indexOf.size(); ++i) {
        if (classes.indexOf[i] >= 0) continue;
        problems.push_back({"data.target", Severity::Error,
                            "The model was not trained with the class \"" + quotable(m_labels.seen()[i]) + "\".",
                            "Leave out its rows, or train with them."});
        return false;
    }
    table.classNames = classes.names;
    table.labels.reserve(m_numbers.size());
    for (const std::int32_t number : m_numbers)
        table.labels.push_back(classes.indexOf[static_cast<std::size_t>(number)]);
    return true;
}

bool CsvTarget::finishValues(Table& table, Problems& problems) {
    if (m_textLine != 0) {
        problems.push_back({"data.target", Severity::Error,
                            "Line " + std::to_string(m_textLine) + ": the target \"" + quotable(m_name) + "\" is \"" +
                                m_text + "\", which is not a number.",
                            "Mend the line, or set the task to classification."});
        return false;
    }
    table.targetNames = {m_name};
    table.targets = std::move(m_values);
    return true;
}

bool CsvTarget::finish(Table& table, Problems& problems) {
    table.task = chooseTask(table);
    return table.task == Task::Classification ? finishClasses(table, problems) : finishValues(table, problems);
}

}  // namespace perceptory::data
