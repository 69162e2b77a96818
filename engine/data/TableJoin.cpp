#include "engine/data/TableJoin.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "engine/base/Text.h"
#include "engine/data/Labels.h"
#include "engine/data/Words.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

template <class T>
void append(std::vector<T>& to, const std::vector<T>& more) {
    to.insert(to.end(), more.begin(), more.end());
}

// Items at these places; none where there are none.
template <class T>
std::vector<T> chosen(const std::vector<T>& items, const std::vector<std::size_t>& places) {
    std::vector<T> result;
    if (!items.empty())
        for (const std::size_t place : places) result.push_back(items[place]);
    return result;
}

using Names = std::vector<std::string>;

// Columns that were given numbers have no names to be found by, so all of a file must be there.
bool isNumbered(const Table& table) {
    return std::ranges::any_of(table.columns, [](const std::string& name) { return name.starts_with("column "); });
}

// Whether one list of names is the beginning of the other.
bool agree(const Names& a, const Names& b) {
    return std::equal(a.begin(), a.begin() + std::min(std::ssize(a), std::ssize(b)), b.begin());
}

// The names of both in their order, and what the numbers of each become.
struct Union {
    Names names;
    std::vector<std::int32_t> first, second;
};

Union unionOf(const Names& first, const Names& second) {
    LabelCounter counter;
    std::vector<std::int32_t> seen;
    for (const Names* names : {&first, &second})
        for (const std::string& name : *names) seen.push_back(counter.add(name));
    const LabelCounter::Classes classes = counter.classes();
    Union both{classes.names, {}, {}};
    for (std::size_t i = 0; i < seen.size(); ++i)
        (i < first.size() ? both.first : both.second).push_back(classes.indexOf[static_cast<std::size_t>(seen[i])]);
    return both;
}

void renumber(std::vector<std::int32_t>& labels, const std::vector<std::int32_t>& numbers) {
    for (std::int32_t& label : labels)
        if (label >= 0) label = numbers[static_cast<std::size_t>(label)];
}

class Joining {
public:
    Joining(const JoinedFile& file, base::Problems& problems) : m_file(file), m_problems(problems) {}

    bool rows(Table& table, Table& more) {
        arrangeAlike(table, more);
        const bool cut = isNumbered(table) && table.sourceColumns != more.sourceColumns;
        if (table.columns != more.columns || table.fields != more.fields || cut)
            return refuse(base::sentence("{0} has other columns than {1}.", m_file.name, m_file.first),
                          base::sentence("Name files that were made alike."));
        if (table.moreTargets.size() != more.moreTargets.size()) return refuseTarget();
        if (!target(table, more)) return false;
        for (std::size_t i = 0; i < more.moreTargets.size(); ++i)
            if (!target(table.moreTargets[i], more.moreTargets[i])) return false;
        words(table, more);
        table.values.append(more.values);
        append(table.lines, more.lines);
        sourceRows(table, more);
        for (const std::string& note : more.notes)
            if (std::ranges::find(table.notes, note) == table.notes.end()) table.notes.push_back(note);
        table.count += more.count;
        return true;
    }

private:
    bool refuse(std::string sentence, std::string fix) {
        m_problems.push_back({m_file.where, base::Severity::Error, std::move(sentence), std::move(fix)});
        return false;
    }

    bool refuseTarget() {
        return refuse(base::sentence("{0} has another target than {1}.", m_file.name, m_file.first),
                      base::sentence("Name files that were made alike."));
    }

    bool target(Target& target, Target& more) {
        if (target.targetName != more.targetName || target.task != more.task ||
            target.targetShape != more.targetShape || target.targetNames != more.targetNames)
            return refuseTarget();
        if (!classes(target, more)) return false;
        append(target.labels, more.labels);
        append(target.targets, more.targets);
        return true;
    }

    bool classes(Target& target, Target& more) {
        if (agree(target.classNames, more.classNames)) {
            if (more.classNames.size() > target.classNames.size()) target.classNames = more.classNames;
            return true;
        }
        if (m_file.trains) {
            Union both = unionOf(target.classNames, more.classNames);
            renumber(target.labels, both.first);
            renumber(more.labels, both.second);
            target.classNames = std::move(both.names);
            return true;
        }
        LabelCounter counter;
        for (const std::string& name : more.classNames) counter.add(name);
        const LabelCounter::Classes known = counter.classes(target.classNames);
        const auto foreign = std::ranges::find(known.indexOf, -1);
        if (foreign != known.indexOf.end())
            return refuse(
                base::sentence("{0} has the class \"{1}\", which no row has that trains.", m_file.name,
                               quotable(more.classNames[static_cast<std::size_t>(foreign - known.indexOf.begin())])),
                base::sentence("Write the classes alike in all files, or let the file train."));
        renumber(more.labels, known.indexOf);
        return true;
    }

    // Gives `more` the order of columns that `table` has, where the names are the same.
    static void arrangeAlike(const Table& table, Table& more) {
        if (table.columns == more.columns || !std::ranges::is_permutation(table.columns, more.columns)) return;
        std::vector<std::size_t> from;
        for (const std::string& name : table.columns)
            from.push_back(static_cast<std::size_t>(std::ranges::find(more.columns, name) - more.columns.begin()));
        std::vector<float> before(from.size());
        more.values = more.values.changed([&](std::span<float> row) {
            std::ranges::copy(row, before.begin());
            for (std::size_t i = 0; i < from.size(); ++i) row[i] = before[from[i]];
        });
        more.categories = chosen(more.categories, from);
        more.asIndex = chosen(more.asIndex, from);
        more.columns = table.columns;
    }

    // The rows of all files are counted on; those left out keep their numbers.
    static void sourceRows(Table& table, const Table& more) {
        const std::size_t before = std::max(table.sourceCount, table.count);
        const std::size_t all = before + std::max(more.sourceCount, more.count);
        table.sourceCount = all;
        if (all == table.count + more.count) return;
        const auto first = static_cast<std::ptrdiff_t>(table.sourceRows.size());
        table.sourceRows.resize(table.count + more.count);
        if (first == 0) std::iota(table.sourceRows.begin(), table.sourceRows.end(), 0u);
        for (std::size_t i = 0; i < more.count; ++i)
            table.sourceRows[table.count + i] =
                static_cast<std::uint32_t>(before + (more.sourceRows.empty() ? i : more.sourceRows[i]));
    }

    static void words(Table& table, Table& more) {
        if (table.categories == more.categories) return;
        std::vector<std::vector<std::int32_t>> first(table.columns.size()), second(table.columns.size());
        for (std::size_t i = 0; i < std::min(table.categories.size(), more.categories.size()); ++i) {
            Union both = unionOf(table.categories[i], more.categories[i]);
            first[i] = std::move(both.first);
            second[i] = std::move(both.second);
            table.categories[i] = std::move(both.names);
        }
        renumberWords(table, first);
        renumberWords(more, second);
    }

    const JoinedFile& m_file;
    base::Problems& m_problems;
};

}  // namespace

bool joinRows(Table& table, Table more, const JoinedFile& file, base::Problems& problems) {
    return Joining(file, problems).rows(table, more);
}

}  // namespace perceptory::data
