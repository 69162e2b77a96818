#pragma once
// What to do with rows in which a value is missing (NaN).

#include "engine/data/Split.h"
#include "engine/data/Table.h"

namespace perceptory::data {

// The next row from `from` on in which a value is missing.
std::optional<std::size_t> firstIncomplete(const Table& table, std::size_t from);

// Where the first missing value of such a row stands, counted from 1: "line 3, column "age"", "row 3, column 2".
std::string missingPlace(const Table& table, std::size_t row);

// Keeps the rows marked, in the parts of the data too.
void keepRows(Table& table, Parts& parts, const std::vector<bool>& kept);
// Leaves such rows out and notes how many.
void dropIncomplete(Table& table, Parts& parts);

// The mean of each column over those of the rows that have a value; 0 where none has, and unknownWord for words.
std::vector<float> columnMeans(const Table& table, const std::vector<std::uint32_t>& rows);

// Puts the mean of its column in place of every missing value, and notes how many.
void fillMissing(Table& table, const std::vector<float>& means);

}  // namespace perceptory::data
