#include "ui/document/TableGuess.h"

#include <QString>
#include <QStringList>
#include <optional>

namespace perceptory::document {

namespace {

constexpr std::size_t fewWords = 30;

bool isCalled(const data::ColumnSummary& column, const QStringList& names) {
    return names.contains(QString::fromStdString(column.name).trimmed().toLower());
}

bool looksLikeClasses(const data::ColumnSummary& column, std::size_t rows) {
    return !column.isNumeric && column.distinct >= 2 && column.distinct <= fewWords && 2 * column.distinct <= rows;
}

bool numbersTheRows(const data::ColumnSummary& column, std::size_t rows) {
    return 10 * column.distinct >= 9 * rows && isCalled(column, {"id", "index", "nr", "no", "row", "unnamed: 0"});
}

}  // namespace

std::size_t guessTarget(const data::FilePreview& preview) {
    const auto& columns = preview.columns;
    for (std::size_t i = columns.size(); i-- > 0;)
        if (isCalled(columns[i], {"target", "label", "class", "y", "outcome"})) return i;
    const std::size_t last = columns.size() - 1;
    if (!columns[last].isNumeric) return last;
    std::optional<std::size_t> words;
    for (std::size_t i = 0; i < last; ++i) {
        if (!looksLikeClasses(columns[i], preview.looked)) continue;
        if (words) return last;
        words = i;
    }
    return words.value_or(last);
}

std::vector<bool> guessInputs(const data::FilePreview& preview, std::size_t target) {
    std::vector<bool> inputs;
    for (std::size_t i = 0; i < preview.columns.size(); ++i) {
        const data::ColumnSummary& column = preview.columns[i];
        const bool constant = preview.isAll && column.distinct < 2;
        inputs.push_back(i != target && column.isNumeric && !constant && !numbersTheRows(column, preview.looked));
    }
    return inputs;
}

}  // namespace perceptory::document
