#pragma once
// Rows that a trained model is asked about.

#include <filesystem>

#include "engine/data/InputPipeline.h"

namespace perceptory::data {

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
