#pragma once
// How a CSV file is written, guessed from its first bytes.

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/Params.h"

namespace perceptory::data {

// What may separate cells, by the word of the parameter "delimiter"; ' ' stands for any number of blanks and tabs.
struct CsvDelimiter {
    const char* word;
    char character;
};
inline constexpr CsvDelimiter csvDelimiters[] = {
    {"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"bar", '|'}, {"blanks", ' '}};
base::ParamType delimiterParameter();
bool skipsBadRows(const base::Json& parameters);  // of the csv reader

struct CsvStyle {
    char delimiter = ',';
    bool header = true;
    bool decimalComma = false;
    bool groups = false;  // thousands are parted by the other of comma and point
    bool signs = false;   // some numbers are written as $3, 3 % or 1 234, with a sign or blanks that mean nothing here

    std::string words() const;    // "separated by commas, with a header"
    std::string numbers() const;  // see ReadRequest::numberStyle
    // With decimal commas a cell with a point is no number unless thousands are grouped, and the other way round.
    std::optional<double> number(std::string_view cell) const;

private:
    std::optional<double> plainNumber(std::string_view cell) const;
};

// The sign of money or percent that a number is written with; empty without any.
std::string_view signOf(std::string_view cell);
// One of the markers for a value that is not there: empty, ?, -, NA, nan (in any letter case).
bool isMissing(std::string_view cell);
// A day as 2024-02-29, 29.02.2024 or 2/29/2024, a month as 2024-02, with a time of day or without; or with the English
// name of the month, as 29 Feb 2024, February 29, 2024 or Feb-24.
bool isDate(std::string_view cell);
// 18:15, 6:15 pm, 18:15:30.5
bool isTimeOfDay(std::string_view cell);

// `parameters` of the csv reader that are not "auto" are obeyed. The first row is a header when none of its cells is a
// number. Decimal commas are taken where no number has a point, groups of thousands where a cell can be read no other
// way, or where between commas a quoted cell as "1,234" may be either; `usual`, see ReadRequest::numberStyle, decides
// where no number tells. `isAll`: the head is the whole file, so its last row is complete. Throws Error when
// no row has anything in it.
CsvStyle sniffCsv(std::string_view head, bool isAll, const base::ParamValues& parameters, const std::string& place,
                  const std::string& usual = {});

}  // namespace perceptory::data
