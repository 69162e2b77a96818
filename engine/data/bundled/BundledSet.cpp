#include "engine/data/bundled/BundledSet.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "engine/base/Sha256.h"
#include "engine/base/Text.h"

namespace perceptory::data {

const base::Shelf<BundledSetType>& bundledSets() {
    static const base::Shelf<BundledSetType> shelf("data set", {
#define DATASET(Member) &bundled_members::Member,
#include "engine/data/bundled/bundled.def"
#undef DATASET
                                                               });
    return shelf;
}

std::filesystem::path datasetsFolder() {
    namespace fs = std::filesystem;
    std::error_code none;
    if (const char* chosen = std::getenv("PERCEPTORY_DATASETS"); chosen && *chosen) {
        if (fs::is_directory(chosen, none)) return chosen;
        throw base::Error(base::sentence(
            "PERCEPTORY_DATASETS names {0}, but there is no such folder. Correct the variable or remove it.", chosen));
    }
    const fs::path program = fs::read_symlink("/proc/self/exe", none);
    if (!none) {
        const fs::path installed = program.parent_path().parent_path() / "share/perceptory/datasets";
        if (fs::is_directory(installed, none)) return installed;
    }
    if (fs::is_directory(PERCEPTORY_DATASETS_SOURCE, none)) return PERCEPTORY_DATASETS_SOURCE;
    throw base::Error(
        base::sentence("The folder of the bundled data sets is missing. Install Perceptory again, or set "
                       "PERCEPTORY_DATASETS to the folder."));
}

std::filesystem::path systemDatasetsFolder() {
    const char* chosen = std::getenv("PERCEPTORY_SYSTEM_DATASETS");
    return chosen && *chosen ? chosen : "/usr/share/datasets";
}

bool isInstalled(const BundledSetType& type) { return !type.isInstalled || type.isInstalled(); }

std::string cardOf(const BundledSetType& type) {
    const std::filesystem::path path = datasetsFolder() / type.id / "card.md";
    std::ifstream file(path, std::ios::binary);
    std::string card{std::istreambuf_iterator<char>(file), {}};
    if (card.empty())
        throw base::Error(
            base::sentence("{0}: the card of this data set is missing. Install Perceptory again.", path.string()));
    return card;
}

namespace {

std::optional<Table> readCsv(const BundledSetType& type, ReadRequest request, base::Problems& problems) {
    request.path = datasetsFolder() / type.file;
    if (base::sha256OfFile(request.path.string()) != type.sha256)
        throw base::Error(base::sentence(
            "{0}: this is not the file that came with Perceptory. Install it again, or open yours as a file.",
            request.path.string()));
    request.parameters = {{"delimiter", "comma"}, {"header", "yes"}, {"decimal", "point"}};
    request.targetName = type.target;
    request.targetIndex.reset();
    request.task = type.task;
    auto table = reader_members::Csv.read(request, problems);
    if (!table) return {};
    table->shape = type.shape;
    table->notes.clear();
    return table;
}

}  // namespace

std::optional<Table> readBundled(const BundledSetType& type, ReadRequest request, Parts& parts,
                                 base::Problems& problems) {
    if (type.read) return type.read(std::move(request), parts, problems);
    return readCsv(type, std::move(request), problems);
}

}  // namespace perceptory::data
