#include "engine/data/MissingValues.h"

#include <algorithm>
#include <cmath>

#include "engine/base/Text.h"

namespace perceptory::data {

namespace {

template <class T>
void keepRows(std::vector<T>& items, std::size_t width, const std::vector<std::size_t>& rows) {
    if (items.empty()) return;
    for (std::size_t i = 0; i < rows.size(); ++i)
        std::copy_n(items.begin() + static_cast<std::ptrdiff_t>(rows[i] * width), width,
                    items.begin() + static_cast<std::ptrdiff_t>(i * width));
    items.resize(rows.size() * width);
}

void keepTarget(Target& target, const std::vector<std::size_t>& rows) {
    keepRows(target.labels, target.units(), rows);
    keepRows(target.targets, target.targetNames.size(), rows);
}

}  // namespace

bool isComplete(const Table& table, std::size_t row) {
    const std::size_t width = table.columns.size();
    return std::none_of(table.values.begin() + static_cast<std::ptrdiff_t>(row * width),
                        table.values.begin() + static_cast<std::ptrdiff_t>((row + 1) * width),
                        [](float x) { return std::isnan(x); });
}

void dropIncomplete(Table& table) {
    std::vector<std::size_t> kept;
    for (std::size_t row = 0; row < table.count; ++row)
        if (isComplete(table, row)) kept.push_back(row);
    const std::size_t dropped = table.count - kept.size();
    if (dropped == 0) return;
    keepRows(table.values, table.columns.size(), kept);
    keepRows(table.lines, 1, kept);
    keepTarget(table, kept);
    for (Target& target : table.moreTargets) keepTarget(target, kept);
    table.notes.push_back(
        base::sentence("{0} of {1} rows were left out because a value is missing.", dropped, table.count));
    table.count = kept.size();
}

std::vector<float> columnMeans(const Table& table, const std::vector<std::uint32_t>& rows) {
    const std::size_t width = table.columns.size();
    std::vector<float> means(width, 0);
    for (std::size_t column = 0; column < width; ++column) {
        double sum = 0, n = 0;
        for (const std::uint32_t row : rows) {
            const float x = table.values[row * width + column];
            if (std::isnan(x)) continue;
            sum += static_cast<double>(x);
            ++n;
        }
        if (n > 0) means[column] = static_cast<float>(sum / n);
    }
    return means;
}

void fillMissing(Table& table, const std::vector<float>& means) {
    std::size_t filled = 0;
    for (std::size_t i = 0; i < table.values.size(); ++i)
        if (std::isnan(table.values[i])) {
            table.values[i] = means[i % means.size()];
            ++filled;
        }
    if (filled > 0)
        table.notes.push_back(base::sentence(
            "{0} missing values were replaced by the mean of their column over the training part.", filled));
}

}  // namespace perceptory::data
