#pragma once
// Columns of words, before they become inputs.

#include "engine/data/Table.h"

namespace perceptory::data {

// Gives the words of each column other numbers, numbers[column][word]; an empty column stays. Missing and unknown ones
// stay what they are.
void renumberWords(Table& table, const std::vector<std::vector<std::int32_t>>& numbers);

// Words that no row of the training part has become unknown, -1: nothing could be learned of them. Notes them.
void keepTrainedWords(Table& table, const std::vector<std::uint32_t>& training);

// Notes for each column how many rows have a word that is not among those training knew.
void noteUnknownWords(Table& table);

}  // namespace perceptory::data
