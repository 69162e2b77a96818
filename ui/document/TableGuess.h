#pragma once
// What a table is most likely for, by its beginning. Only guesses: the user sees them before anything is read.

#include <vector>

#include "engine/data/readers/Reader.h"

namespace perceptory::document {

// A column called target, label, class, species, y or the like. Else the last one, because what is to be predicted is
// mostly written last, be it numbers or words; passed over are columns that number the rows, free text (more than ten
// different texts, in more than half of the rows) and dates. Of several the last; the last of all where none is left.
// The preview must have a column.
std::size_t guessTarget(const data::FilePreview& preview);

// What becomes of a column nothing is said about: Number or OneHot; Ignore for dates, texts that hardly repeat, and
// numbers among which stands something else, which must be mended or read as words.
data::ColumnUse useOf(const data::ColumnSummary& column, std::size_t looked);

// A name such as "id" or "index", and another value in nearly every row: it says nothing of new rows.
bool numbersTheRows(const data::ColumnSummary& column, std::size_t looked);

// One flag per column: of use, values that differ, no numbering of the rows, and no target.
std::vector<bool> guessInputs(const data::FilePreview& preview, const std::vector<std::size_t>& targets);

}  // namespace perceptory::document
