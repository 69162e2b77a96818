#include "ui/document/TableGuess.h"

#include <QRegularExpression>
#include <QString>
#include <QStringList>

namespace perceptory::document {

namespace {

constexpr std::size_t fewWords = 10;

bool isCalled(const data::ColumnSummary& column, const QStringList& names) {
    return names.contains(QString::fromStdString(column.name).trimmed().toLower());
}

// "id", "image_id", "PassengerId", but not "valid".
bool isCalledId(const data::ColumnSummary& column) {
    static const QRegularExpression id(QStringLiteral("(^|[ _.-])[iI][dD]$|[a-z]I[dD]$"));
    return id.match(QString::fromStdString(column.name).trimmed()).hasMatch();
}

// Names, sentences, dates: nearly every row says something else.
bool isFreeText(const data::ColumnSummary& column, std::size_t rows) {
    return !column.isNumeric && column.distinct > fewWords && 2 * column.distinct > rows;
}

bool canBeTarget(const data::ColumnSummary& column, std::size_t rows) {
    return !numbersTheRows(column, rows) && !isFreeText(column, rows) && !isCalled(column, {"date", "timestamp"});
}

}  // namespace

bool numbersTheRows(const data::ColumnSummary& column, std::size_t looked) {
    return 10 * column.distinct >= 9 * looked &&
           (isCalledId(column) || isCalled(column, {"index", "nr", "no", "row", "unnamed: 0"}));
}

std::size_t guessTarget(const data::FilePreview& preview) {
    const auto& columns = preview.columns;
    for (std::size_t i = columns.size(); i-- > 0;)
        if (isCalled(columns[i], {"target", "label", "class", "species", "y", "diagnosis", "outcome", "quality"}))
            return i;
    for (std::size_t i = columns.size(); i-- > 0;)
        if (canBeTarget(columns[i], preview.looked)) return i;
    return columns.size() - 1;
}

data::ColumnUse useOf(const data::ColumnSummary& column, std::size_t looked) {
    const data::ColumnUse guess = column.guess(looked);
    return guess == data::ColumnUse::Number && !column.isNumeric ? data::ColumnUse::Ignore : guess;
}

std::vector<bool> guessInputs(const data::FilePreview& preview, const std::vector<std::size_t>& targets) {
    std::vector<bool> inputs;
    for (std::size_t i = 0; i < preview.columns.size(); ++i) {
        const data::ColumnSummary& column = preview.columns[i];
        const bool constant = preview.isAll && column.distinct < 2;
        const bool useful = useOf(column, preview.looked) != data::ColumnUse::Ignore;
        inputs.push_back(useful && !constant && !numbersTheRows(column, preview.looked));
    }
    for (const std::size_t target : targets) inputs[target] = false;
    return inputs;
}

}  // namespace perceptory::document
