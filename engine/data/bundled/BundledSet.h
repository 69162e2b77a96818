#pragma once
// The contract of the data sets that come with the program, or that the system may have beside it. Each has a folder
// in datasets/, called by its id, with a card that tells origin, licence and citation, and with the data if they come
// along.

#include <filesystem>

#include "engine/data/readers/Reader.h"

namespace perceptory::data {

struct BundledSetType : base::KindType {
    Task task = Task::Classification;
    std::string file;                 // a CSV table below datasetsFolder()
    std::string sha256;               // of the file
    std::string target;               // name of the column
    std::vector<std::int64_t> shape;  // of one row; empty: a list of columns
    // A small picture, rows of equal length: '.' nothing, '#' ink, '0' … '9' a dot in the colour of that class.
    std::vector<std::string> picture;

    // Of sets the system has in another form: reads them and tells their parts, and says whether they are there. Null:
    // the CSV table. Throws Error with the way to get the set when it is not there.
    std::optional<Table> (*read)(ReadRequest, Parts&, base::Problems&) = nullptr;
    bool (*isInstalled)() = nullptr;
    bool hasParts = false;  // names its own rows for training and test: the split "files"
};

const base::Shelf<BundledSetType>& bundledSets();

// The folder PERCEPTORY_DATASETS names in the environment, else ../share/perceptory/datasets beside the program, else
// the folder of the sources it was built from. Throws Error when there is none.
std::filesystem::path datasetsFolder();

// Where packages of Debian called dataset-… put their data. PERCEPTORY_SYSTEM_DATASETS names another folder.
std::filesystem::path systemDatasetsFolder();

// Whether the set can be read here; lists of choices leave out those that cannot.
bool isInstalled(const BundledSetType& type);

// The text of the card, Markdown. Throws Error when it is missing.
std::string cardOf(const BundledSetType& type);

// Throws Error when the file is missing or is not the one the program came with. Features and pipeline as in `request`;
// `parts` are filled where the set has its own.
std::optional<Table> readBundled(const BundledSetType& type, ReadRequest request, Parts& parts,
                                 base::Problems& problems);

namespace bundled_members {
#define DATASET(Member) extern const BundledSetType Member;
#include "engine/data/bundled/bundled.def"
#undef DATASET
}  // namespace bundled_members

}  // namespace perceptory::data
