#include "ui/document/OutsideFiles.h"

#include <algorithm>

namespace perceptory::document {

namespace fs = std::filesystem;
using base::Json;

namespace {

// A path, a list of them, or lists by the part of the data.
void collect(const Json& value, const fs::path& folder, std::vector<fs::path>& files) {
    if (value.is_string()) files.push_back(fs::absolute(folder / value.get<std::string>()));
    if (value.is_structured())
        for (const Json& entry : value) collect(entry, folder, files);
}

void collect(const Json& object, const char* key, const fs::path& folder, std::vector<fs::path>& files) {
    if (object.is_object() && object.contains(key)) collect(object[key], folder, files);
}

bool isBelow(const fs::path& file, const fs::path& folder) {
    return std::ranges::mismatch(folder, file).in1 == folder.end();
}

}  // namespace

std::vector<fs::path> dataFiles(const Json& project, const fs::path& folder) {
    std::vector<fs::path> files;
    if (!project.is_object() || !project.contains("data") || !project["data"].is_object()) return files;
    const Json& data = project["data"];
    if (data.value("source", Json()) != "file") return files;
    for (const char* key : {"path", "paths", "inputs", "targets"}) collect(data, key, folder, files);
    if (data.contains("split")) collect(data["split"], "paths", folder, files);
    return files;
}

std::vector<fs::path> weightsFiles(const Json& project, const fs::path& folder) {
    std::vector<fs::path> files;
    if (project.is_object() && project.contains("weights")) collect(project["weights"], "path", folder, files);
    return files;
}

std::vector<OutsideFile> outsideFiles(const std::vector<fs::path>& files, const fs::path& home) {
    std::vector<OutsideFile> outside;
    std::error_code fault;
    const fs::path realHome = fs::weakly_canonical(fs::absolute(home), fault);
    for (const fs::path& named : files) {
        if (!fs::exists(named, fault)) continue;
        const fs::path real = fs::canonical(named, fault);
        if (fault || !isBelow(real, realHome)) outside.push_back({named, fault ? named : real});
    }
    return outside;
}

}  // namespace perceptory::document
