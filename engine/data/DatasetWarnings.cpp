#include "engine/data/DatasetWarnings.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_set>

#include "engine/base/Text.h"
#include "engine/data/Table.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

using base::Problems;
using base::Severity;

namespace {

constexpr std::int64_t imbalance = 10;      // largest class to smallest
constexpr std::int64_t fewRows = 10;        // of a class
constexpr std::size_t enoughToNumber = 20;  // rows, before a column of different whole numbers is no chance
constexpr std::size_t mostColumns = 4096;   // of a table; what has more is no list of columns

// Single copies are no more than chance.
bool isWorthTelling(std::ptrdiff_t count, std::ptrdiff_t of) { return count > 1 && 100 * count >= of; }

void warn(Problems& problems, const char* where, std::string sentence, std::string fix) {
    problems.push_back({where, Severity::Warning, std::move(sentence), std::move(fix)});
}

void warnOfClasses(const Dataset& set, Problems& problems) {
    if (set.labels.size() != set.count || set.classes() < 2) return;
    std::vector<std::int64_t> counts(set.classes());
    for (const std::int32_t label : set.labels)
        if (label >= 0) ++counts[static_cast<std::size_t>(label)];
    const auto [least, most] = std::ranges::minmax_element(counts);
    const auto name = [&](auto place) {
        return quotable(set.classNames[static_cast<std::size_t>(place - counts.begin())]);
    };
    if (*most > imbalance * std::max<std::int64_t>(1, *least))
        warn(problems, "data.balance",
             base::sentence("The class \"{0}\" has {1} rows and \"{2}\" has {3}, so a network may learn to say \"{0}\" "
                            "alone.",
                            name(most), *most, name(least), *least),
             base::sentence("Balance the classes, and look at the accuracy of each."));
    const auto few = std::ranges::count_if(counts, [](std::int64_t count) { return count < fewRows; });
    if (few > 0)
        warn(problems, "data.target",
             few == 1 ? base::sentence("{0} of {1} classes has less than {2} rows; \"{3}\" has {4}.", few,
                                       counts.size(), fewRows, name(least), *least)
                      : base::sentence("{0} of {1} classes have less than {2} rows; \"{3}\" has {4}.", few,
                                       counts.size(), fewRows, name(least), *least),
             base::sentence("Add rows of these classes, or leave them out."));
}

bool isWords(const Dataset& set, std::size_t column) { return !set.words.empty() && !set.words[column].empty(); }

// Rows counted from 1 say nothing of new rows, but tell sorted ones apart.
bool numbersRows(const Dataset& set, std::size_t column, std::span<const float> values) {
    if (values.size() < enoughToNumber || isWords(set, column)) return false;
    const auto whole = [](float value) { return std::isfinite(value) && value == std::floor(value); };
    if (!std::ranges::all_of(values, whole)) return false;
    return std::ranges::adjacent_find(values, std::greater_equal{}) == values.end() ||
           std::ranges::adjacent_find(values, std::less_equal{}) == values.end();
}

// "PassengerId", "user_id", "No.": whether a word of the name says that the column is a number of something.
bool isCalledId(const std::string& name) {
    static const std::unordered_set<std::string> words{"id", "ids", "uuid", "guid", "identifier", "key", "nr", "no"};
    std::string word;
    char before = ' ';
    for (const char c : name + ' ') {
        const bool capital = c >= 'A' && c <= 'Z', small = c >= 'a' && c <= 'z';
        if (!(capital || small) || (capital && before >= 'a' && before <= 'z')) {
            if (words.contains(word)) return true;
            word.clear();
        }
        if (capital || small) word += capital ? static_cast<char>(c - 'A' + 'a') : c;
        before = c;
    }
    return false;
}

// Names of the rows: words of which hardly any comes twice; or such whole numbers, where the column is called so, or
// where as many drawn by chance from their range would have met again. Of n draws from a range of r numbers
// n (n - 1) / 2 r pairs are alike in the mean (Feller 1968, "An Introduction to Probability Theory", II.3), and as good
// as never fewer than one where that is 10. What is measured in fractions is no name.
bool namesRows(const Dataset& set, std::size_t column, std::vector<float> values) {
    const bool words = isWords(set, column);
    if (words) std::erase(values, unknownWord);
    const auto whole = [](float value) { return std::isfinite(value) && value == std::floor(value); };
    if (values.size() < enoughToNumber || !std::ranges::all_of(values, whole)) return false;
    std::ranges::sort(values);
    const double count = static_cast<double>(values.size()), range = static_cast<double>(values.back() - values[0]) + 1;
    const auto copies = std::ranges::unique(values).size();
    if (words || isCalledId(set.rawNames[column])) return 20 * copies <= values.size();
    const double expected = count * (count - 1) / 2 / range;
    return 100 * copies <= values.size() && expected >= 10 * (1 + static_cast<double>(copies));
}

bool isTable(const Dataset& set) {
    return set.inputShape.size() == 1 && !set.pipeline.tokens() && set.raw.width() <= mostColumns;
}

void warnOfNumbering(const Dataset& set, std::size_t rows, Problems& problems) {
    if (!isTable(set)) return;
    std::vector<std::vector<float>> columns(set.raw.width());
    std::vector<float> scratch;
    // Most columns show within a few rows that they number nothing.
    const std::size_t looked = std::min<std::size_t>(rows, 10'000);
    for (std::size_t row = 0; row < looked; ++row) {
        const std::span<const float> values = set.rawRow(row, scratch);
        for (std::size_t i = 0; i < values.size(); ++i) columns[i].push_back(values[i]);
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string name = quotable(set.rawNames[i]);
        if (numbersRows(set, i, columns[i]))
            warn(problems, "data.features",
                 base::sentence("\"{0}\" numbers the rows. It may betray their order, and says nothing of new ones.",
                                name),
                 base::sentence("Leave it out of the features."));
        else if (namesRows(set, i, std::move(columns[i])))
            warn(problems, "data.features",
                 base::sentence("\"{0}\" is another one in nearly every row, so a network may learn the rows by heart; "
                                "it says nothing of new ones.",
                                name),
                 base::sentence("Leave it out of the features."));
    }
}

class RowHash {
public:
    void add(std::uint32_t bits) { m_hash = std::rotl((m_hash ^ bits) * 0x9e3779b97f4a7c15, 29); }
    void add(std::span<const float> values) {
        for (const float value : values) add(std::bit_cast<std::uint32_t>(value == 0 ? 0.0f : value));
    }
    std::uint64_t value() const { return (m_hash ^ (m_hash >> 32)) * 0xd6e8feb86659fd93; }

private:
    std::uint64_t m_hash = 0x243f6a8885a308d3;
};

void addTarget(const Target& target, std::size_t row, RowHash& hash) {
    const std::size_t units = target.units(), numbers = target.targetNames.size();
    if (target.task == Task::Classification && target.labels.size() >= (row + 1) * units)
        for (std::size_t i = 0; i < units; ++i) hash.add(static_cast<std::uint32_t>(target.labels[row * units + i]));
    if (target.task == Task::Regression && target.targets.size() >= (row + 1) * numbers)
        hash.add(std::span(target.targets).subspan(row * numbers, numbers));
}

struct Hashes {
    std::vector<std::uint64_t> inputs, whole;  // of the rows looked at: without and with what is predicted
};

// Words that the training part lacks have all one number.
bool hasUnknownWord(const Dataset& set, std::span<const float> values) {
    for (std::size_t i = 0; i < std::min(values.size(), set.words.size()); ++i)
        if (!set.words[i].empty() && values[i] < 0) return true;
    return false;
}

Hashes hashesOf(const Dataset& set, std::size_t rows) {
    Hashes hashes;
    std::vector<float> scratch;
    for (std::size_t row = 0; row < rows; ++row) {
        RowHash hash;
        const std::span<const float> values = set.rawRow(row, scratch);
        hash.add(values);
        if (hasUnknownWord(set, values)) hash.add(static_cast<std::uint32_t>(row));
        hashes.inputs.push_back(hash.value());
        addTarget(set, row, hash);
        for (const Target& target : set.moreTargets) addTarget(target, row, hash);
        hashes.whole.push_back(hash.value());
    }
    return hashes;
}

void warnOfDoubles(const Hashes& hashes, Problems& problems) {
    std::unordered_set<std::uint64_t> seen;
    std::ptrdiff_t doubled = 0;
    for (const std::uint64_t hash : hashes.whole) doubled += !seen.insert(hash).second;
    if (isWorthTelling(doubled, std::ssize(hashes.whole)))
        warn(problems, "data",
             base::sentence("{0} of {1} rows are there more than once, and count as often.", doubled,
                            hashes.whole.size()),
             base::sentence("Remove the copies from the source if they are no observations of their own."));
}

void warnOfLeaks(const Dataset& set, const Hashes& hashes, Problems& problems) {
    const auto looked = [&](std::uint32_t row) { return row < hashes.inputs.size(); };
    std::unordered_set<std::uint64_t> trained;
    for (const std::uint32_t row : set.parts.train)
        if (looked(row)) trained.insert(hashes.inputs[row]);
    const auto leaks = std::ranges::count_if(
        set.parts.test, [&](std::uint32_t row) { return looked(row) && trained.contains(hashes.inputs[row]); });
    const auto tested = std::ranges::count_if(set.parts.test, looked);
    if (isWorthTelling(leaks, tested))
        warn(problems, "data.split",
             base::sentence("{0} of {1} test rows also stand in the training rows, so the test is too easy.", leaks,
                            tested),
             base::sentence("Remove copies from the source, or split by a column that keeps them together."));
}

}  // namespace

Problems warnAbout(const Dataset& set) {
    Problems problems;
    const std::size_t most = std::min(mostRowsLookedAt, mostValuesLookedAt / std::max<std::size_t>(1, set.raw.width()));
    const std::size_t rows = std::min(set.count, most);
    warnOfClasses(set, problems);
    warnOfNumbering(set, rows, problems);
    const Hashes hashes = hashesOf(set, rows);
    warnOfDoubles(hashes, problems);
    warnOfLeaks(set, hashes, problems);
    return problems;
}

}  // namespace perceptory::data
