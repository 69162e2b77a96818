#pragma once
// What commands that bring data have in common: reading them aside, and then one undo step with all that follows.

#include <QString>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "engine/base/Progress.h"
#include "engine/data/Dataset.h"
#include "ui/document/Document.h"

namespace perceptory::document {

struct LoadedData {
    std::shared_ptr<const data::Dataset> dataset;  // null after an error, or when reading was called off
    base::Problems problems;                       // warnings may come with a result
};

// Any thread. `data`: as in the project, paths relative to `folder`; `name`: what an error of the world is laid to.
// `beginning`: of each csv file about so many bytes alone, to judge it by; 0: all.
LoadedData loadData(const base::Json& data, const std::filesystem::path& folder, const std::string& name,
                    const base::Progress& progress = {}, std::int64_t beginning = 0);

// Who decides which rows train, and how many they are.
struct SplitShares {
    std::string split = "random";       // random, ordered, or files: the parts the files make themselves; any other
                                        // stays as the project has it
    double validation = 0, test = 0.2;  // shares, unless the files make the parts

    bool operator==(const SplitShares&) const = default;
};
// As in the project.
base::Json splitOf(const SplitShares& shares);

// New data on their way into the document.
struct DataUse {
    base::Json data;
    QString text;          // of the undo step
    std::string name;      // of the file or the set
    std::string called{};  // the project, as long as it has no file; empty: as before
};

// One undo step; the network follows the data. What was noted or is worth a warning is said as Document::noted.
void useData(Document& document, const DataUse& use, const LoadedData& loaded);

// Called at the end with everything that speaks against it; empty: it is done.
using DataAnswer = std::function<void(const base::Problems&)>;

// Both in turn, the first on a thread of its own. Forgotten when `stop` is requested or another project is opened
// meanwhile. Without an answer faults arrive as Document::noted.
void readAndUse(Document& document, const DataUse& use, const std::stop_token& stop, const DataAnswer& answer);

// Data of a new source: the seed stays that of the document.
base::Json sourceOf(const Document& document, const char* source);

// The user's shares; halves where the split belongs to the data before, to its files or columns.
base::Json keptSplit(const base::Json& project);

// As the project names a file: relative where it lies in or below the folder of the project or of its file.
std::string pathFor(const Document& document, const std::filesystem::path& file);

}  // namespace perceptory::document
