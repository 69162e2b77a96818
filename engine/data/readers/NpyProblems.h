#pragma once
// What is told of arrays that cannot be used. Places of values are counted from 1.

#include "engine/data/DataSpec.h"
#include "engine/data/Field.h"
#include "engine/data/readers/NpyRows.h"

namespace perceptory::data {

// An archive that has no array for the input.
base::Problem noInput(const NamedFile& input);
// No array is the target; `path` is where it was looked for, empty where each file was named.
base::Problem noTarget(const std::string& path);

// `fields` come from the `inputs`; the model has others. `path` as in noTarget.
base::Problem otherInputs(const std::vector<Field>& fields, std::span<const NpyRows> inputs,
                          const std::vector<Field>& trained, const std::string& path);

base::Problem infiniteInput(const NpyRows& rows, std::int64_t row, std::size_t value);
// `place` as NpyFile tells it.
base::Problem notFiniteTarget(const std::string& where, const NpyFile& array, const std::string& place);
// When whole numbers of the array, read as floats, were too large to be held exactly.
void warnOfRounded(const std::string& where, const NpyFile& array, base::Problems& problems);
base::Problem tooManyClasses(const std::string& where, const NpyFile& array, std::size_t most);

}  // namespace perceptory::data
