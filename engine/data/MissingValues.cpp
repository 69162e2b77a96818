#include "engine/data/MissingValues.h"

#include <algorithm>
#include <cmath>

#include "engine/base/Text.h"
#include "engine/data/Counts.h"
#include "engine/data/DatasetChecks.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

template <class T>
void keepItems(std::vector<T>& items, std::size_t width, const std::vector<std::uint32_t>& rows) {
    if (items.empty()) return;
    for (std::size_t i = 0; i < rows.size(); ++i)
        std::copy_n(items.begin() + static_cast<std::ptrdiff_t>(rows[i] * width), width,
                    items.begin() + static_cast<std::ptrdiff_t>(i * width));
    items.resize(rows.size() * width);
}

void keepTarget(Target& target, const std::vector<std::uint32_t>& rows) {
    keepItems(target.labels, target.units(), rows);
    keepItems(target.targets, target.targetNames.size(), rows);
}

}  // namespace

std::optional<std::size_t> firstIncomplete(const Table& table, std::size_t from) {
    if (table.values.number() == RowStore::Number::Byte) return {};
    std::vector<float> scratch;
    for (std::size_t row = from; row < table.count; ++row)
        if (std::ranges::any_of(table.values.row(row, scratch), [](float x) { return std::isnan(x); })) return row;
    return {};
}

std::string missingPlace(const Table& table, std::size_t row) {
    std::vector<float> scratch;
    const auto values = table.values.row(row, scratch);
    const auto missing = std::ranges::find_if(values, [](float x) { return std::isnan(x); });
    const auto column = static_cast<std::size_t>(missing - values.begin());
    const std::string rowPlace = placeOf(table.lines, row);
    // Columns of an array have names of our making.
    const bool numbered = table.lines.empty() && table.shape.size() == 1;
    return numbered ? base::sentence("{0}, column {1}", rowPlace, column + 1)
                    : base::sentence("{0}, column \"{1}\"", rowPlace, quotable(table.columns[column]));
}

void keepRows(Table& table, Parts& parts, const std::vector<bool>& kept) {
    std::vector<std::uint32_t> rows, placeOf(table.count);
    for (std::size_t row = 0; row < table.count; ++row) {
        placeOf[row] = static_cast<std::uint32_t>(rows.size());
        if (kept[row]) rows.push_back(static_cast<std::uint32_t>(row));
    }
    table.values = table.values.chosen(rows);
    keepItems(table.lines, 1, rows);
    keepItems(table.groups, 1, rows);
    if (table.sourceRows.empty())
        table.sourceRows = rows;
    else
        keepItems(table.sourceRows, 1, rows);
    keepTarget(table, rows);
    for (Target& target : table.moreTargets) keepTarget(target, rows);
    for (auto* part : {&parts.train, &parts.validation, &parts.test}) {
        std::erase_if(*part, [&](std::uint32_t row) { return !kept[row]; });
        for (std::uint32_t& row : *part) row = placeOf[row];
    }
    table.count = rows.size();
}

void dropIncomplete(Table& table, Parts& parts) {
    std::vector<bool> kept(table.count, true);
    const auto first = firstIncomplete(table, 0);
    if (!first) return;
    std::size_t dropped = 0;
    for (auto row = first; row; row = firstIncomplete(table, *row + 1), ++dropped) kept[*row] = false;
    const std::string of = rowsText(table.count), place = missingPlace(table, *first);
    table.notes.push_back(
        dropped == 1 ? base::sentence("{0} of {1} was left out because a value is missing: {2}.", dropped, of, place)
                     : base::sentence("{0} of {1} were left out because a value is missing, the first in {2}.", dropped,
                                      of, place));
    keepRows(table, parts, kept);
}

std::vector<float> columnMeans(const Table& table, const std::vector<std::uint32_t>& rows) {
    const std::size_t width = table.columns.size();
    // Of rows that are windows all steps of a channel are one column.
    const std::size_t columns =
        table.rowsOverlap && table.shape.size() == 2 ? static_cast<std::size_t>(table.shape[1]) : width;
    std::vector<double> sum(columns), n(columns);
    std::vector<float> means(width), scratch;
    for (const std::uint32_t row : rows) {
        const std::span<const float> values = table.values.row(row, scratch);
        for (std::size_t column = 0; column < width; ++column) {
            if (std::isnan(values[column])) continue;
            sum[column % columns] += static_cast<double>(values[column]);
            ++n[column % columns];
        }
    }
    for (std::size_t column = 0; column < width; ++column)
        if (column < table.categories.size() && !table.categories[column].empty())
            means[column] = unknownWord;
        else if (n[column % columns] > 0)
            means[column] = static_cast<float>(sum[column % columns] / n[column % columns]);
    return means;
}

void fillMissing(Table& table, const std::vector<float>& means) {
    if (!firstIncomplete(table, 0)) return;
    std::size_t filled = 0;
    table.values = table.values.changed([&](std::span<float> row) {
        for (std::size_t i = 0; i < row.size(); ++i)
            if (std::isnan(row[i])) {
                row[i] = means[i];
                ++filled;
            }
    });
    table.notes.push_back(
        base::counted("{0} missing value was replaced by the mean of its column over the training part.",
                      "{0} missing values were replaced by the mean of their column over the training part.",
                      static_cast<std::int64_t>(filled)));
}

}  // namespace perceptory::data
