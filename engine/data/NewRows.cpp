#include "engine/data/NewRows.h"

#include "engine/base/Text.h"
#include "engine/data/DatasetLoader.h"
#include "engine/data/MissingValues.h"
#include "engine/data/readers/Reader.h"

namespace perceptory::data {

std::optional<NewRows> readRows(const NewFiles& files, const base::KindSpec& reader, const InputPipeline& pipeline,
                                base::Problems& problems) {
    const ReaderType& type = readers().get(reader.type, "data.reader");
    ReadRequest request;
    request.path = files.path;
    request.paths = {files.path};
    request.inputFiles = files.inputs;
    request.parameters = reader.parameters;
    // Every row must get its answer, so none may be left out.
    for (const char* bad : {"bad_rows", "bad_files"})
        if (type.parameter(bad)) request.parameters[bad] = "stop";
    request.pipeline = &pipeline;
    request.tokens = pipeline.tokens();
    request.words = pipeline.words();
    request.needsTarget = false;
    request.memoryLimit = defaultMemoryLimit;
    auto table = type.read(request, problems);
    if (!table) return {};
    if (pipeline.fill().empty())
        if (const auto row = firstIncomplete(*table, 0)) {
            problems.push_back(
                {"data.path", base::Severity::Error,
                 base::sentence("{0}, {1}: a value is missing, and the model was trained without such rows.",
                                files.path.filename().string(), missingPlace(*table, *row)),
                 base::sentence("Fill it in, or train with \"missing\": \"mean\".")});
            return {};
        }
    return NewRows{table->count, table->values.floats(), std::move(table->notes)};
}

}  // namespace perceptory::data
