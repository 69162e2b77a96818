#pragma once
// What a table is most likely for, by its beginning. Only guesses: the user sees them before anything is read.

#include <vector>

#include "engine/data/readers/Reader.h"

namespace perceptory::document {

// A column called target, label, class, y or the like; else the last one, unless it holds numbers and one other holds a
// few words again and again. The preview must have a column.
std::size_t guessTarget(const data::FilePreview& preview);

// One flag per column: numbers that differ, no numbering of the rows, and not the target.
std::vector<bool> guessInputs(const data::FilePreview& preview, std::size_t target);

}  // namespace perceptory::document
