#pragma once
// What to do with rows in which a value is missing (NaN).

#include "engine/data/Table.h"

namespace perceptory::data {

bool isComplete(const Table& table, std::size_t row);

// Leaves such rows out and notes how many.
void dropIncomplete(Table& table);

// The mean of each column over those of the rows that have a value; 0 where none has.
std::vector<float> columnMeans(const Table& table, const std::vector<std::uint32_t>& rows);

// Puts the mean of its column in place of every missing value, and notes how many.
void fillMissing(Table& table, const std::vector<float>& means);

}  // namespace perceptory::data
