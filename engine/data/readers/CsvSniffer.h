#pragma once
// How a CSV file is written, guessed from its first bytes.

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/Params.h"

namespace perceptory::data {

struct CsvStyle {
    char delimiter = ',';
    bool header = true;
    bool decimalComma = false;

    std::string words() const;  // "separated by commas, with a header"
    // With decimal commas a cell with a point is no number: the point may group thousands.
    std::optional<double> number(std::string_view cell) const;
};

// One of the markers for a value that is not there: empty, ?, -, NA, nan (in any letter case).
bool isMissing(std::string_view cell);

// `parameters` of the csv reader that are not "auto" are obeyed. The first row is a header when none of its cells is a
// number. Decimal commas are taken where the delimiter is another and no number has a point.
// `isAll`: the head is the whole file, so its last row is complete. Throws Error when no row has anything in it.
CsvStyle sniffCsv(std::string_view head, bool isAll, const base::ParamValues& parameters, const std::string& place);

}  // namespace perceptory::data
