#pragma once
// What is suspicious about data that can be trained with: nothing stops, but the numbers afterwards may mislead.

#include "engine/base/Problem.h"
#include "engine/data/Dataset.h"

namespace perceptory::data {

// Rows are looked at up to this number, fewer where they are long, so that a huge set takes seconds as well.
inline constexpr std::size_t mostRowsLookedAt = 200'000, mostValuesLookedAt = 200'000'000;

// Problems of severity Warning about: a class with more than 10 times the rows of another, classes with few rows, a
// column that numbers the rows, rows that are there twice, test rows that also train (both when they are more than one,
// and 1 % at least). Rows are compared by hashes of 64 bits. Throws Error when the disk fails that holds the rows.
base::Problems warnAbout(const Dataset& set);

}  // namespace perceptory::data
