#pragma once
// From what a project asks for to data in memory.

#include <filesystem>
#include <memory>

#include "engine/data/Dataset.h"

namespace perceptory::data {

inline constexpr std::int64_t defaultMemoryLimit = std::int64_t{4} << 30;  // bytes

// For data that a trained model meets later: the model's own way from columns to inputs, and its order of classes.
struct Trained {
    InputPipeline pipeline;
    std::vector<std::string> classNames;
};

// Null when a problem of severity Error was reported; warnings may come with a result. Throws base::Error when the file
// cannot be read or is not what it should be, or when the data would need more than `memoryLimit` bytes.
// Paths are relative to `baseFolder`, the folder of the project file. With `trained` nothing is fitted.
std::shared_ptr<const Dataset> loadDataset(const DataSpec& spec, const std::filesystem::path& baseFolder,
                                           base::Problems& problems, const Trained* trained = nullptr,
                                           std::int64_t memoryLimit = defaultMemoryLimit);

}  // namespace perceptory::data
