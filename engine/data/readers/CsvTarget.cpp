#include "engine/data/readers/CsvTarget.h"

#include <algorithm>
#include <cmath>

#include "engine/base/Text.h"
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
    const std::string name = quotable(m_name);
    table.notes.push_back(
        m_textLine != 0
            ? base::sentence(
                  "The target \"{0}\" holds texts, so the task is classification. Set the task if that is wrong.", name)
        : fewNumbers
            ? base::sentence("The target \"{0}\" holds a few whole numbers, so the task is classification. Set the "
                             "task if that is wrong.",
                             name)
            : base::sentence(
                  "The target \"{0}\" holds many numbers, so the task is regression. Set the task if that is wrong.",
                  name));
    return task;
}

bool CsvTarget::finishClasses(Table& table, Problems& problems) {
    if (m_labels.distinct() > mostClasses) {
        problems.push_back(
            {"data.target", Severity::Error,
             base::sentence("The column \"{0}\" has more than 1000 different values, too many for classes.",
                            quotable(m_name)),
             m_textLine == 0 ? base::sentence("Set the task to regression, or choose another target.")
                             : base::sentence("Choose another target.")});
        return false;
    }
    const auto classes = m_request.pipeline ? m_labels.classes(m_request.classNames) : m_labels.classes();
    for (std::size_t i = 0; i < classes.indexOf.size(); ++i) {
        if (classes.indexOf[i] >= 0) continue;
        problems.push_back(
            {"data.target", Severity::Error,
             base::sentence("The model was not trained with the class \"{0}\".", quotable(m_labels.seen()[i])),
             base::sentence("Leave out its rows, or train with them.")});
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
                            base::sentence("{0}, line {1}: the target \"{2}\" is \"{3}\", which is not a number.",
                                           m_request.path.filename().string(), m_textLine, quotable(m_name), m_text),
                            base::sentence("Mend the line, or set the task to classification.")});
        return false;
    }
    table.targetNames = {m_name};
    table.targets = std::move(m_values);
    return true;
}

void CsvNumbers::add(const std::string& name, std::string_view cell, std::optional<double> number, std::size_t line) {
    if (std::ranges::find(m_names, name) == m_names.end()) m_names.push_back(name);
    m_values.push_back(static_cast<float>(number.value_or(0)));
    if (number || m_textLine != 0) return;
    m_text = quotable(cell);
    m_textName = quotable(name);
    m_textLine = line;
}

bool CsvNumbers::finish(Table& table, const std::string& place, Problems& problems) {
    if (m_names.empty()) return true;
    if (m_textLine != 0) {
        problems.push_back({"data.target", Severity::Error,
                            base::sentence("{0}, line {1}: the target \"{2}\" is \"{3}\", which is not a number.",
                                           place, m_textLine, m_textName, m_text),
                            base::sentence("Several targets must be numbers; mend the line, or choose one target.")});
        return false;
    }
    table.task = Task::Regression;
    table.targetNames = m_names;
    table.targets = std::move(m_values);
    return true;
}

bool CsvTarget::finish(Table& table, Problems& problems) {
    table.task = chooseTask(table);
    return table.task == Task::Classification ? finishClasses(table, problems) : finishValues(table, problems);
}

}  // namespace perceptory::data
