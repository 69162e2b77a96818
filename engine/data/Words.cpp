#include "engine/data/Words.h"

#include "engine/base/Text.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

// For each column with words the new number of each, -1 for those not seen; empty where all were.
std::vector<std::vector<std::int32_t>> renumbered(const Table& table, const std::vector<std::uint32_t>& training) {
    std::vector<std::vector<std::int32_t>> numbers;
    for (const auto& words : table.categories) numbers.emplace_back(words.size(), -1);
    std::vector<float> scratch;
    for (const std::uint32_t row : training) {
        const std::span<const float> values = table.values.row(row, scratch);
        for (std::size_t i = 0; i < numbers.size(); ++i)
            if (!numbers[i].empty() && values[i] >= 0) numbers[i][static_cast<std::size_t>(values[i])] = 0;
    }
    for (auto& column : numbers) {
        std::int32_t next = 0;
        for (std::int32_t& number : column)
            if (number == 0) number = next++;
        if (next == std::ssize(column)) column.clear();
    }
    return numbers;
}

void dropWords(Table& table, std::size_t column, const std::vector<std::int32_t>& numbers) {
    std::vector<std::string> kept, dropped;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        (numbers[i] >= 0 ? kept : dropped).push_back(table.categories[column][i]);
    table.notes.push_back(
        dropped.size() == 1
            ? base::sentence("\"{0}\" of the column \"{1}\" does not occur in the training part and counts as unknown.",
                             quotable(dropped.front()), quotable(table.columns[column]))
            : base::sentence("{0} words of the column \"{1}\" do not occur in the training part and count as unknown.",
                             dropped.size(), quotable(table.columns[column])));
    table.categories[column] = std::move(kept);
}

}  // namespace

void renumberWords(Table& table, const std::vector<std::vector<std::int32_t>>& numbers) {
    table.values = table.values.changed([&](std::span<float> row) {
        for (std::size_t i = 0; i < row.size(); ++i)
            if (!numbers[i].empty() && row[i] >= 0)
                row[i] = static_cast<float>(numbers[i][static_cast<std::size_t>(row[i])]);
    });
}

void keepTrainedWords(Table& table, const std::vector<std::uint32_t>& training) {
    const auto numbers = renumbered(table, training);
    bool changes = false;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (numbers[i].empty()) continue;
        changes = true;
        dropWords(table, i, numbers[i]);
    }
    if (!changes) return;
    renumberWords(table, numbers);
}

void noteUnknownWords(Table& table) {
    std::vector<std::size_t> unknown(table.categories.size());
    std::vector<float> scratch;
    for (std::size_t row = 0; row < table.count; ++row) {
        const std::span<const float> values = table.values.row(row, scratch);
        for (std::size_t i = 0; i < unknown.size(); ++i)
            if (!table.categories[i].empty() && values[i] < 0) ++unknown[i];
    }
    for (std::size_t i = 0; i < unknown.size(); ++i)
        if (unknown[i] > 0)
            table.notes.push_back(
                unknown[i] == 1
                    ? base::sentence("1 row has a word in the column \"{0}\" that no training row had; it counts as "
                                     "unknown.",
                                     quotable(table.columns[i]))
                    : base::sentence("{0} rows have words in the column \"{1}\" that no training row had; they count "
                                     "as unknown.",
                                     unknown[i], quotable(table.columns[i])));
}

}  // namespace perceptory::data
