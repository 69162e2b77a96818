#include "engine/data/RowEdits.h"

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/data/Labels.h"
#include "engine/data/MissingValues.h"

namespace perceptory::data {

namespace {

class Editing {
public:
    Editing(Table& table, base::Problems& problems) : m_table(table), m_problems(problems), m_kept(table.count, true) {}

    bool take(const RowEdit& edit, const std::string& where) {
        if (edit.row >= m_table.count)
            return refuse(where, base::sentence("There is no row {0}: the data has {1}.", edit.row, m_table.count),
                          base::sentence("Remove this edit, or choose the file it was made for."));
        if (edit.exclude)
            m_kept[edit.row] = false;
        else
            return relabel(edit, where);
        return true;
    }

    void finish(Parts& parts) {
        if (m_relabelled > 0)
            m_table.notes.push_back(m_relabelled == 1
                                        ? base::sentence("{0} row was given another class by hand.", 1)
                                        : base::sentence("{0} rows were given another class by hand.", m_relabelled));
        const auto excluded = std::ranges::count(m_kept, false);
        if (excluded == 0) return;
        m_table.notes.push_back(excluded == 1 ? base::sentence("{0} row was left out by hand.", 1)
                                              : base::sentence("{0} rows were left out by hand.", excluded));
        keepRows(m_table, parts, m_kept);
    }

private:
    bool refuse(const std::string& where, std::string sentence, std::string fix) {
        m_problems.push_back({where, base::Severity::Error, std::move(sentence), std::move(fix)});
        return false;
    }

    bool relabel(const RowEdit& edit, const std::string& where) {
        if (m_table.labels.size() != m_table.count)
            return refuse(where, base::sentence("Rows of this data have no class that could be changed."),
                          base::sentence("Remove this edit."));
        const auto found = std::ranges::find(m_table.classNames, *edit.label);
        if (found == m_table.classNames.end())
            return refuse(where, base::sentence("There is no class \"{0}\".", *edit.label),
                          base::sentence("Use one of the classes of the data."));
        m_table.labels[edit.row] = static_cast<std::int32_t>(found - m_table.classNames.begin());
        ++m_relabelled;
        return true;
    }

    Table& m_table;
    base::Problems& m_problems;
    std::vector<bool> m_kept;
    std::size_t m_relabelled = 0;
};

}  // namespace

bool editRows(const DataSpec& spec, Table& table, Parts& parts, base::Problems& problems) {
    if (spec.edits.empty()) return true;
    Editing editing(table, problems);
    bool good = true;
    for (std::size_t i = 0; i < spec.edits.size(); ++i)
        good = editing.take(spec.edits[i], "data.edits[" + std::to_string(i) + "]") && good;
    if (good) editing.finish(parts);
    return good;
}

}  // namespace perceptory::data
