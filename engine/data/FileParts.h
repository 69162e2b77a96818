#pragma once
// Files to one table: all that a project names, or those of each part one after the other.

#include "engine/data/readers/Reader.h"

namespace perceptory::data {

// With the split "files" every part is read by itself, in the order train, validation, test, and `parts` tells its
// rows. `request` is the project's but for the paths. Errors as ReaderType::read.
std::optional<Table> readFiles(const DataSpec& spec, ReadRequest request, const std::filesystem::path& baseFolder,
                               Parts& parts, base::Problems& problems);

}  // namespace perceptory::data
