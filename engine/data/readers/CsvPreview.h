#pragma once

#include "engine/data/readers/Reader.h"

namespace perceptory::data {

// See ReaderType::preview. Looks at the first 256 KiB.
FilePreview previewCsv(const std::filesystem::path& path, const base::Json& parameters);

}  // namespace perceptory::data
