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
    std::vector<std::int64_t> classCounts{};  // of the rows it was trained with
    std::vector<Target> moreTargets{};        // without rows
};

struct LoadOptions {
    std::filesystem::path baseFolder;  // of the project file; paths are relative to it
    const Trained* trained = nullptr;  // set: nothing is fitted, columns and classes are the model's
    std::int64_t memoryLimit = defaultMemoryLimit;
};

// Null when a problem of severity Error was reported; warnings may come with a result. Throws base::Error when the file
// cannot be read or is not what it should be, or when the data would need more than the memory limit.
std::shared_ptr<const Dataset> loadDataset(const DataSpec& spec, const std::filesystem::path& baseFolder,
                                           base::Problems& problems);
std::shared_ptr<const Dataset> loadDataset(const DataSpec& spec, const LoadOptions& options, base::Problems& problems);

struct NewRows {
    std::size_t count = 0;
    std::vector<float> raw;  // [count][pipeline.rawCount()], NaN where the pipeline will fill; for InputPipeline::apply
    std::vector<std::string> notes;
};

// Rows to predict: one file, or one for each field of the model.
struct NewFiles {
    std::filesystem::path path;
    std::vector<NamedFile> inputs;  // by field, instead of `path`
};

// Rows to predict, in the order of the file, none left out. Columns are found by name where the file has a header, else
// by place; others, such as a target, are ignored. Errors as loadDataset.
std::optional<NewRows> readRows(const NewFiles& files, const base::KindSpec& reader, const InputPipeline& pipeline,
                                base::Problems& problems);

}  // namespace perceptory::data
