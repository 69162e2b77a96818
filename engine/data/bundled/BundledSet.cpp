#include "engine/data/bundled/BundledSet.h"

#include <cstdlib>

#include "engine/base/Sha256.h"

namespace perceptory::data {

const base::Shelf<BundledSetType>& bundledSets() {
    static const base::Shelf<BundledSetType> shelf("data set", {
#define DATASET(Member) &bundled_members::Member,
#include "engine/base/Text.h"
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

std::optional<Table> readBundled(const BundledSetType& type, ReadRequest request, base::Problems& problems) {
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

}  // namespace perceptory::data
