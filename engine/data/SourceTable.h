#pragma once
// The rows a project asks for, as its source has them: points, a generator, a bundled set or files.

#include "engine/data/DatasetLoader.h"
#include "engine/data/Table.h"

namespace perceptory::data {

// `parts` are filled where the source tells which rows train, validate and test. Nothing, and errors, as loadDataset.
std::optional<Table> readSource(const DataSpec& spec, const LoadOptions& options, Parts& parts,
                                base::Problems& problems);

}  // namespace perceptory::data
