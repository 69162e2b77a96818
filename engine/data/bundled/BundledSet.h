#pragma once
// The contract of the data sets that come with the program. Each has a folder in datasets/ with the data and a card
// that tells origin, licence and citation.

#include <filesystem>

#include "engine/data/readers/Reader.h"

namespace perceptory::data {

struct BundledSetType : base::KindType {
    Task task = Task::Classification;
    std::string file;                 // below datasetsFolder()
    std::string sha256;               // of the file
    std::string target;               // name of the column
    std::vector<std::int64_t> shape;  // of one row; empty: a list of columns
    // A small picture, rows of equal length: '.' nothing, '#' ink, '0' … '9' a dot in the colour of that class.
    std::vector<std::string> picture;
};

const base::Shelf<BundledSetType>& bundledSets();

// The folder PERCEPTORY_DATASETS names in the environment, else ../share/perceptory/datasets beside the program, else
// the folder of the sources it was built from. Throws Error when there is none.
std::filesystem::path datasetsFolder();

// Throws Error when the file is missing or is not the one the program came with. Features and pipeline as in `request`.
std::optional<Table> readBundled(const BundledSetType& type, ReadRequest request, base::Problems& problems);

namespace bundled_members {
#define DATASET(Member) extern const BundledSetType Member;
#include "engine/data/bundled/bundled.def"
#undef DATASET
}  // namespace bundled_members

}  // namespace perceptory::data
