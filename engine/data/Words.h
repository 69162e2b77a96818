#pragma once
// Columns of words, before they become inputs.

#include "engine/data/Table.h"

namespace perceptory::data {

// Words that no row of the training part has become unknown, -1: nothing could be learned of them. Notes them.
void keepTrainedWords(Table& table, const std::vector<std::uint32_t>& training);

}  // namespace perceptory::data
