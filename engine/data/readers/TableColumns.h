#pragma once
// What readers share that take a few columns out of a table of text and leave the reading to csv.

#include "engine/data/readers/Reader.h"

namespace perceptory::data {

// delimiter, header and decimal, as the csv reader has them, behind the reader's own.
std::vector<base::ParamType> withTableParameters(std::vector<base::ParamType> own);
base::ParamType columnParameter(std::string id, std::string label, std::string help);

// Those of the parameters that the csv reader has.
base::Json csvParameters(const base::Json& parameters);

// See ReaderType::preview.
FilePreview previewTable(const std::filesystem::path& path, const base::Json& parameters);

// The place of the column called `name`; a problem at the reader's parameter `id` when there is none.
std::optional<std::size_t> placeOfColumn(const FilePreview& look, const std::string& name, const std::string& id,
                                         base::Problems& problems);

}  // namespace perceptory::data
