#pragma once
// From what a project asks for to data in memory.

#include <filesystem>
#include <memory>

#include "engine/base/Progress.h"
#include "engine/data/Dataset.h"

namespace perceptory::data {

inline constexpr std::int64_t defaultMemoryLimit = std::int64_t{4} << 30;  // bytes

// For data that a trained model meets later: the model's own way from columns to inputs, and its order of classes.
struct Trained {
    InputPipeline pipeline;
    std::vector<std::string> classNames;
    std::vector<std::int64_t> classCounts{};  // of the rows it was trained with
    std::vector<Target> moreTargets{};        // without rows
};

struct LoadOptions {
    std::filesystem::path baseFolder;  // of the project file; paths are relative to it
    const Trained* trained = nullptr;  // set: nothing is fitted, columns and classes are the model's
    std::int64_t memoryLimit = defaultMemoryLimit;
    base::Progress progress{};   // told while reading; may call it off
    std::int64_t beginning = 0;  // of each csv file about so many bytes alone, to judge it by; 0: all
};

// Null when a problem of severity Error was reported; warnings may come with a result. Throws base::Error when the file
// cannot be read or is not what it should be, or when the data would need more than the memory limit, and Cancelled.
std::shared_ptr<const Dataset> loadDataset(const DataSpec& spec, const std::filesystem::path& baseFolder,
                                           base::Problems& problems);
std::shared_ptr<const Dataset> loadDataset(const DataSpec& spec, const LoadOptions& options, base::Problems& problems);

}  // namespace perceptory::data
