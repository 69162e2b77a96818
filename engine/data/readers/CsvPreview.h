#pragma once

#include "engine/data/readers/Reader.h"

namespace perceptory::data {

// The first cell of a column that is neither missing nor a number.
struct CsvOddCell {
    std::string text;
    std::size_t line = 0;     // where its row begins, counted from 1; 0 when there is no such cell
    bool isInfinite = false;  // such as "inf" or "-Infinity"
};

// For a form that says why a column cannot be an input.
struct CsvPreview : FilePreview {
    std::vector<CsvOddCell> odd;  // one per column
};

// Looks at the first 256 KiB. Throws Error as ReaderType::preview does.
CsvPreview lookAtCsv(const std::filesystem::path& path, const base::Json& parameters);

// The same, for ReaderType::preview.
FilePreview previewCsv(const std::filesystem::path& path, const base::Json& parameters);

}  // namespace perceptory::data
