#pragma once

#include "engine/data/readers/Reader.h"

namespace perceptory::data {

// See ReaderType::columns. Looks at the first 256 KiB.
std::vector<ColumnSummary> summarizeCsv(const std::filesystem::path& path, const base::Json& parameters);

}  // namespace perceptory::data
