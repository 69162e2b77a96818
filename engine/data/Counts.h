#pragma once
// Counts as they stand in sentences: "1 row", "3 rows". Any thread. What is counted in one place only is counted there.

#include <concepts>

#include "engine/base/Text.h"

namespace perceptory::data {

std::string rowsText(std::integral auto count) {
    return base::counted("{0} row", "{0} rows", static_cast<std::int64_t>(count));
}
std::string columnsText(std::integral auto count) {
    return base::counted("{0} column", "{0} columns", static_cast<std::int64_t>(count));
}
std::string cellsText(std::integral auto count) {
    return base::counted("{0} cell", "{0} cells", static_cast<std::int64_t>(count));
}
std::string valuesText(std::integral auto count) {
    return base::counted("{0} value", "{0} values", static_cast<std::int64_t>(count));
}

}  // namespace perceptory::data
