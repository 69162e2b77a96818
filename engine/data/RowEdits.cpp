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
        const std::size_t all = std::max(m_table.sourceCount, m_table.count);
        if (edit.row >= all)
            return refuse(where, base::sentence("There is no row {0}: the data has {1}.", edit.row, all),
                          base::sentence("Remove this edit, or choose the file it was made for."));
        const auto place = placeOf(edit.row);
        if (place && !edit.exclude) return relabel(edit, *place, where);
        if (place)
            m_kept[*place] = false;
        else if (!edit.exclude)
            m_problems.push_back(
                {where, base::Severity::Warning,
                 base::sentence("Row {0} is not among the samples: its target or a value is missing, or it is damaged.",
                                edit.row),
                 base::sentence("Mend it in the file, or remove this edit.")});
        return true;
    }

    // False, and a problem, when a part lost all its rows.
    bool finish(Parts& parts) {
        if (m_relabelled > 0)
            m_table.notes.push_back(base::counted("{0} row was given another class by hand.",
                                                  "{0} rows were given another class by hand.",
                                                  static_cast<std::int64_t>(m_relabelled)));
        const auto excluded = std::ranges::count(m_kept, false);
        if (excluded == 0) return true;
        m_table.notes.push_back(
            base::counted("{0} row was left out by hand.", "{0} rows were left out by hand.", excluded));
        const Parts before = parts;
        keepRows(m_table, parts, m_kept);
        return keepsRows("training", before.train, parts.train) &&
               keepsRows("validation", before.validation, parts.validation) &&
               keepsRows("test", before.test, parts.test);
    }

private:
    bool keepsRows(const char* part, const std::vector<std::uint32_t>& before,
                   const std::vector<std::uint32_t>& after) {
        if (before.empty() || !after.empty()) return true;
        return refuse("data.edits", base::sentence("Every row of the {0} part was left out by hand.", part),
                      base::sentence("Take back some of the edits."));
    }

    bool refuse(const std::string& where, std::string sentence, std::string fix) {
        m_problems.push_back({where, base::Severity::Error, std::move(sentence), std::move(fix)});
        return false;
    }

    // Where the table has that row of the source; nothing when the reader left it out.
    std::optional<std::size_t> placeOf(std::size_t row) const {
        if (m_table.sourceRows.empty()) return row;
        const auto found = std::ranges::lower_bound(m_table.sourceRows, row);
        if (found == m_table.sourceRows.end() || *found != row) return {};
        return static_cast<std::size_t>(found - m_table.sourceRows.begin());
    }

    bool relabel(const RowEdit& edit, std::size_t row, const std::string& where) {
        if (m_table.labels.size() != m_table.count)
            return refuse(where, base::sentence("Rows of this data have no class that could be changed."),
                          base::sentence("Remove this edit."));
        const auto found = std::ranges::find(m_table.classNames, *edit.label);
        if (found == m_table.classNames.end())
            return refuse(where, base::sentence("There is no class \"{0}\".", *edit.label),
                          base::sentence("Use one of the classes of the data."));
        m_table.labels[row] = static_cast<std::int32_t>(found - m_table.classNames.begin());
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
    return good && editing.finish(parts);
}

}  // namespace perceptory::data
