#include "ui/document/OutsideFiles.h"

#include <algorithm>

#include "engine/project/DataSums.h"

namespace perceptory::document {

namespace fs = std::filesystem;
using base::Json;

namespace {

bool isBelow(const fs::path& file, const fs::path& folder) {
    return std::ranges::mismatch(folder, file).in1 == folder.end();
}

}  // namespace

std::vector<fs::path> dataFiles(const Json& project, const fs::path& folder) {
    std::vector<fs::path> files;
    for (const std::string& path : project::dataPaths(project)) files.push_back(fs::absolute(folder / path));
    return files;
}

std::vector<fs::path> weightsFiles(const Json& project, const fs::path& folder) {
    const Json weights = project.is_object() ? project.value("weights", Json()) : Json();
    const Json path = weights.is_object() ? weights.value("path", Json()) : Json();
    if (!path.is_string()) return {};
    return {fs::absolute(folder / path.get<std::string>())};
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
